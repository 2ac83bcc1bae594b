// A traction motor with its inverter on top; the scene that includes it sets the camera.

Hit motor(vec3 p, Hit hit) {
  vec3 a = p.yzx;
  float angle = atan(a.y, a.x);
  // Housing with cooling ribs round it, end shields with ears.
  float housing = rod(a, 1.45, 1.7, 0.12);
  vec2 ribs = fan(a.xy, 30.0);
  housing = merge(housing, box(vec3(ribs - vec2(1.45, 0), a.z), vec3(0.14, 0.035, 1.35), 0.02), 0.05);
  float shield = rod(vec3(a.xy, abs(a.z) - 1.72), 1.62 + 0.08 * cos(angle * 8.0), 0.16, 0.05);
  housing = merge(housing, shield, 0.05);
  vec2 spokes = fan(a.xy, 8.0);
  housing = merge(housing, box(vec3(spokes - vec2(0.95, 0), a.z - 1.9), vec3(0.5, 0.06, 0.1), 0.03), 0.08);
  housing = merge(housing, rod(a - vec3(0, 0, 1.95), 0.6, 0.18, 0.05), 0.08);
  housing = merge(housing, box(p - vec3(0, -1.5, 0), vec3(1.3, 0.3, 1.0), 0.08), 0.1);
  add(hit, housing, ALUMINIUM);
  add(hit, bolt(vec3(fan(a.xy, 8.0) - vec2(1.55, 0), a.z - 1.93), 0.1), STEEL);
  add(hit, bolt(vec3(fan(a.xy, 6.0) - vec2(0.46, 0), a.z - 2.18), 0.06), STEEL);
  add(hit, rod(a - vec3(0, 0, 2.5), 0.2 + 0.015 * cos(angle * 22.0), 0.5, 0.02), STEEL);
  // Junction box, its lid, phase cables, coolant stubs, signal plug.
  vec3 b = p - vec3(-0.2, 1.75, 0.25);
  float lid = merge(box(b, vec3(1.1, 0.36, 0.85), 0.08), box(b - vec3(0, 0.3, 0), vec3(1.16, 0.06, 0.91), 0.03), 0.03);
  lid = merge(lid, box(vec3(row(b.x, 0.4, 5.0), b.y - 0.36, b.z), vec3(0.05, 0.04, 0.7), 0.02), 0.04);
  add(hit, lid, GREY);
  add(hit, bolt(vec3(abs(b.x) - 1.02, abs(b.z) - 0.77, b.y - 0.4), 0.07), STEEL);
  add(hit, bolt(vec3(b.x, abs(b.z) - 0.8, b.y - 0.4), 0.07), STEEL);
  vec3 gland = vec3(row(b.x, 0.62, 3.0), b.y, b.z - 0.95);
  add(hit, rod(gland, 0.22, 0.16, 0.04), ORANGE);
  float cables = hose(p, vec3(-0.82, 1.75, 1.3), vec3(-0.9, 1.7, 2.6), vec3(-1.5, 0.3, 2.5), 0.15);
  cables = min(cables, hose(p, vec3(-0.2, 1.75, 1.3), vec3(-0.2, 1.8, 2.7), vec3(-0.6, -0.6, 2.7), 0.15));
  cables = min(cables, hose(p, vec3(0.42, 1.75, 1.3), vec3(0.6, 1.7, 2.4), vec3(0.9, 0.5, 2.6), 0.15));
  add(hit, cables, ORANGE);
  float ends = min(min(length(p - vec3(-1.5, 0.3, 2.5)), length(p - vec3(-0.6, -0.6, 2.7))), length(p - vec3(0.9, 0.5, 2.6))) - 0.14;
  add(hit, ends, BRASS);
  vec3 w = p - vec3(1.1, 1.1, 1.0);
  w.yz = turn(0.75) * w.yz;
  float stub = rod(w.xzy - vec3(0, 0, 0.3), 0.17, 0.4, 0.02);
  stub = merge(stub, rod(w.xzy - vec3(0, 0, 0.62), 0.2, 0.06, 0.04), 0.03);
  add(hit, carve(stub, rod(w.xzy - vec3(0, 0, 0.6), 0.12, 0.3, 0.0), 0.02), ALUMINIUM);
  add(hit, box(p - vec3(-1.45, 1.3, 1.0), vec3(0.2, 0.16, 0.26), 0.04), PLASTIC);
  add(hit, hose(p, vec3(-1.45, 1.3, 1.25), vec3(-1.8, 1.2, 2.0), vec3(-2.2, 0.2, 1.8), 0.06), PLASTIC);
  return hit;
}

Surface motorSurface(int of, vec3 p, vec3 n) {
  if (of == STEEL) return machined(p);
  if (of == BRASS) return Surface(vec3(0.55, 0.3, 0.14), 0.4, 0.8, 0.02, 12.0);
  if (of == ORANGE) return plastic(p, n, vec3(0.62, 0.17, 0.015));
  if (of == PLASTIC) return plastic(p, n, vec3(0.025));
  if (of == GREY) {
    Surface s = castAluminium(p * 0.7 + 3.0);
    s.colour = mix(s.colour, vec3(0.3), 0.5);
    return s;
  }
  Surface s = castAluminium(p * 0.8 + 9.0);
  s.colour *= 1.1;
  return s;
}
