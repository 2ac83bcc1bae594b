// The traction battery under the sill of a lifted car, its label lit by a lamp.
#define EYE vec3(-0.9, 0.1, 5.4)
#define LOOK_AT vec3(0.2, 0.1, 0.0)
#define LENS 1.35
#define ROLL 0.04
#define APERTURE 0.03
#define SUN normalize(vec3(-0.45, 0.12, 0.8))
#define SUN_COLOUR vec3(1.9, 1.82, 1.7)
#define BACKDROP(d) vec3(0.03, 0.032, 0.035)

const vec2 label = vec2(0.95, 0.95);

Hit scene(vec3 p) {
  // Side of the pack, finned, the label on a flat between fins.
  float wall = p.z + 0.06;
  float fins = box(vec3(row(p.x, 0.62, 15.0), p.y + 0.1, p.z), vec3(0.05, 1.25, 0.14), 0.03);
  if (abs(p.x) < label.x + 0.35) fins = max(fins, label.x + 0.2 - abs(p.x));
  float pack = max(merge(wall, fins, 0.06), abs(p.y) - 1.5);
  Hit hit = Hit(max(pack, -9.0), ALUMINIUM);
  add(hit, box(p - vec3(0, 1.35, 0.1), vec3(9.0, 0.07, 0.42), 0.04), GREY);
  add(hit, box(p - vec3(0, -1.62, -0.9), vec3(9.0, 0.1, 1.3), 0.05), GREY);
  add(hit, bolt(vec3(row(p.x - 0.2, 1.3, 8.0), p.z - 0.3, p.y - 1.24), 0.13), STEEL);
  add(hit, box(p - vec3(0, 0, 0.0), vec3(label, 0.012), 0.005), LABEL);
  // Sill and underbody above, seams and plugs; a cross member hangs left.
  float sill = box(p - vec3(0, 2.25, 0.55), vec3(9.0, 0.75, 0.75), 0.2);
  sill = merge(sill, box(p - vec3(0, 1.6, 0.9), vec3(9.0, 0.2, 0.05), 0.02), 0.05);
  add(hit, sill, BLACK);
  add(hit, merge(box(p - vec3(-2.9, 0.3, 0.25), vec3(0.35, 1.2, 0.12), 0.08), box(p - vec3(-2.9, 1.1, 0.4), vec3(0.5, 0.35, 0.3), 0.1), 0.15), BLACK);
  add(hit, bolt(p - vec3(-2.9, -0.5, 0.42), 0.2), RUST);
  // High-voltage plug and cable, right.
  vec3 k = p - vec3(2.2, 0.15, 0.3);
  float plug = merge(box(k, vec3(0.45, 0.34, 0.32), 0.08), rod((k - vec3(0.5, 0, 0)).yzx, 0.24, 0.25, 0.05), 0.06);
  add(hit, plug, ORANGE);
  add(hit, hose(p, vec3(2.8, 0.15, 0.3), vec3(3.6, 0.1, 0.4), vec3(3.9, 1.6, 0.9), 0.17), ORANGE);
  add(hit, bolt(vec3(abs(k.x) - 0.36, abs(k.y) - 0.26, k.z - 0.34), 0.06), STEEL);
  add(hit, p.z + 2.2, BLACK);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == STEEL) return machined(p);
  if (of == ORANGE) return plastic(p, n, vec3(0.62, 0.17, 0.015));
  if (of == BLACK) return blackPaint(p * 0.8, n);
  if (of == RUST) return rusted(p);
  float mud = smoothstep(0.45, 0.72, fbm(p * vec3(1.2, 0.6, 1.2) + 5.0) + 0.1 * smoothstep(0.0, -1.4, p.y));
  if (of == LABEL) {
    vec3 ink = printAt(p.xy / (2.0 * label) + 0.5);
    return Surface(mix(ink * 0.85, vec3(0.16, 0.14, 0.11), 0.5 * mud), 0.4, 0.0, 0.002, 9.0);
  }
  Surface s = castAluminium(p * 0.8);
  s.colour = mix(s.colour, vec3(0.15, 0.125, 0.095), 0.75 * mud);
  s.metal *= 1.0 - mud;
  return s;
}
