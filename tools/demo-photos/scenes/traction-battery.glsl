// A traction battery, taken out, on sleepers.
#define EYE vec3(7.6, 7.6, 9.0)
#define LOOK_AT vec3(0.1, 0.8, 0.5)
#define LENS 1.02

const vec2 label = vec2(1.35, 1.35);
const vec3 labelAt = vec3(2.7, 2.15, 2.6);

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  add(hit, box(vec3(abs(p.x) - 4.0, p.y - 0.4, p.z), vec3(0.45, 0.4, 5.2), 0.03), WOOD);
  float near = box(p - vec3(0, 1.7, 0.3), vec3(7.4, 1.5, 5.4), 0.0);
  if (near > 1.0) {
    add(hit, near + 0.3, GREY);
    return hit;
  }
  vec3 q = p - vec3(0, 1.4, 0);
  // Tray with side fins, flange and bolts.
  float tray = box(q + vec3(0, 0.05, 0), vec3(6.6, 0.5, 4.4), 0.1);
  tray = merge(tray, box(vec3(row(q.x, 1.1, 12.0), q.y + 0.1, abs(q.z) - 4.4), vec3(0.1, 0.38, 0.16), 0.04), 0.06);
  add(hit, tray, ALUMINIUM);
  float flange = box(q - vec3(0, 0.5, 0), vec3(7.0, 0.08, 4.8), 0.06);
  add(hit, flange, GREY);
  vec3 b = vec3(abs(q.x) - 6.82, q.y - 0.62, row(q.z, 1.05, 9.0));
  vec3 c = vec3(row(q.x, 1.1, 12.0), q.y - 0.62, abs(q.z) - 4.62);
  add(hit, min(bolt(b.xzy, 0.1), bolt(c.xzy, 0.1)), STEEL);
  float ears = merge(box(vec3(row(q.x, 4.2, 3.0), q.y + 0.1, abs(q.z) - 5.0), vec3(0.5, 0.16, 0.5), 0.1), flange, 0.1);
  ears = carve(ears, rod(vec3(row(q.x, 4.2, 3.0), abs(q.z) - 5.15, q.y), 0.17, 0.5, 0.0), 0.03);
  add(hit, ears, GREY);
  // Pressed lid with beads, a raised back.
  float lid = box(q - vec3(0, 0.62, 0), vec3(6.5, 0.14, 4.3), 0.1);
  float beads = box(vec3(row(q.x - 0.4, 1.5, 7.0), q.y - 0.74, q.z + 0.6), vec3(0.36, 0.07, 2.9), 0.06);
  lid = merge(lid, beads, 0.1);
  lid = merge(lid, box(q - vec3(-4.6, 0.95, -0.2), vec3(1.6, 0.42, 3.6), 0.22), 0.25);
  lid = min(lid, merge(lid, box(q - labelAt + vec3(0, 1.45, 0), vec3(label.x + 0.15, 0.07, label.y + 0.15), 0.05), 0.08));
  add(hit, lid, GREY);
  // Service plug, connectors, cut cables, coolant stubs.
  vec3 m = q - vec3(-0.9, 0.95, 3.1);
  float plug = merge(box(m, vec3(0.62, 0.26, 0.46), 0.1), box(m - vec3(0, 0.3, 0), vec3(0.5, 0.12, 0.14), 0.08), 0.06);
  add(hit, plug, ORANGE);
  vec3 k = q - vec3(5.2, 0.25, 4.75);
  float sockets = merge(box(k, vec3(0.62, 0.34, 0.4), 0.1), rod(k - vec3(0, 0, 0.4), 0.26, 0.25, 0.05), 0.06);
  sockets = min(sockets, merge(box(k + vec3(1.7, 0, 0), vec3(0.5, 0.3, 0.35), 0.1), rod(k - vec3(-1.7, 0, 0.4), 0.22, 0.25, 0.05), 0.06));
  add(hit, sockets, PLASTIC);
  float cable = hose(q, vec3(5.2, 0.25, 5.2), vec3(5.4, 0.2, 6.6), vec3(4.0, -1.15, 6.6), 0.17);
  cable = min(cable, hose(q, vec3(3.5, 0.25, 5.2), vec3(3.4, 0.2, 6.3), vec3(2.2, -1.2, 6.2), 0.15));
  add(hit, cable, ORANGE);
  add(hit, min(rod(q - vec3(0.6, 0.1, 4.8), 0.2, 0.5, 0.05), rod(q - vec3(-0.2, 0.1, 4.8), 0.2, 0.5, 0.05)), ALUMINIUM);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 0.8 + 33.0);
  if (of == WOOD) return timber(p.zyx);
  if (of == STEEL) return machined(p);
  if (of == ORANGE) return plastic(p, n, vec3(0.62, 0.17, 0.015));
  if (of == PLASTIC) return plastic(p, n, vec3(0.03));
  if (of == ALUMINIUM) return castAluminium(p * 0.6 + 2.0);
  vec3 at = (p - labelAt) / vec3(2.0 * label.x, 1.0, 2.0 * label.y);
  if (n.y > 0.8 && all(lessThan(abs(at.xz), vec2(0.5))))
    return Surface(printAt(vec2(at.x + 0.5, 0.5 - at.z)) * (0.75 - 0.25 * smoothstep(0.5, 0.7, fbm(p * 1.2))), 0.5, 0.0, 0.0, 1.0);
  Surface s = carPaint(p, n, vec3(0.075, 0.08, 0.085));
  float mud = smoothstep(0.48, 0.7, fbm(p * 0.6 + 17.0));
  s.colour = mix(s.colour, vec3(0.2, 0.175, 0.14), 0.5 * mud);
  return Surface(s.colour, 0.5 + 0.3 * mud, 0.0, 0.006, 10.0);
}
