// A driven rear axle: differential, tubes, drums, leaf spring seats.
#define EYE vec3(-5.0, 7.6, 10.0)
#define LOOK_AT vec3(-0.5, 1.1, 0.1)
#define LENS 1.1

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  float near = box(p - vec3(0, 1.6, 0), vec3(7.3, 2.0, 2.6), 0.0);
  if (near > 1.0) {
    add(hit, near + 0.3, RUST);
    return hit;
  }
  vec3 q = vec3(abs(p.x), p.y - 1.55, p.z);
  // Housing.
  float housing = rod(q.xyz, 1.2, 0.62, 0.3);
  housing = merge(housing, cone(q.yzx - vec3(0, 0, 1.5), 0.75, 0.42, 0.9), 0.35);
  housing = merge(housing, rod(q.yzx - vec3(0, 0, 3.2), 0.42, 2.6, 0.02), 0.12);
  housing = merge(housing, cone((q - vec3(0, 0, -1.15)) * vec3(1, 1, -1), 0.85, 0.45, 0.65), 0.2);
  add(hit, housing, BLACK);
  vec3 c = p - vec3(0, 1.55, 0.68);
  float cover = merge(rod(c, 1.12, 0.08, 0.03), (length(c * vec3(1, 1, 1.6) + vec3(0, 0, 0.5)) - 1.1) * 0.55, 0.12);
  cover = max(cover, -c.z - 0.1);
  cover = merge(cover, bolt(c - vec3(0.3, 0.35, 0.48), 0.14), 0.03);
  add(hit, cover, RUST);
  add(hit, bolt(vec3(fan(c.xy, 10.0) - vec2(1.0, 0), c.z - 0.13), 0.09), STEEL);
  add(hit, min(rod(p - vec3(0, 1.55, -2.0), 0.55, 0.1, 0.03), rod(p - vec3(0, 1.55, -2.1), 0.2, 0.3, 0.02)), STEEL);
  // Spring seats with clamped leaf packs, the far ends cut off.
  vec3 s = q - vec3(3.6, 0.62, 0);
  add(hit, box(s + vec3(0, 0.2, 0), vec3(0.42, 0.12, 0.55), 0.04), BLACK);
  float leaf = box(vec3(s.x, s.y - 0.02 - 0.035 * s.z * s.z, s.z), vec3(0.33, 0.05, 2.2), 0.02);
  leaf = min(leaf, box(vec3(s.x, s.y - 0.14 - 0.035 * s.z * s.z, s.z), vec3(0.33, 0.05, 2.3 + 0.1 * sin(p.x)), 0.02));
  leaf = min(leaf, box(vec3(s.x, s.y + 0.1 - 0.03 * s.z * s.z, s.z), vec3(0.33, 0.05, 1.5), 0.02));
  add(hit, leaf * 0.8, RUST);
  vec3 u = vec3(s.x, s.y, abs(s.z) - 0.42);
  float bow = min(tube(vec3(abs(u.x) - 0.42, u.yz), vec3(0, -1.15, 0), vec3(0, 0.25, 0), 0.07), tube(u, vec3(-0.42, 0.28, 0), vec3(0.42, 0.28, 0), 0.07));
  add(hit, bow, RUST);
  // Drums with fins, hub, studs, backing plate.
  vec3 h = vec3(q.x - 6.1, q.yz);
  float drum = rod(h.yzx - vec3(0, 0, 0.1), 1.42, 0.5, 0.08);
  drum = merge(drum, rod(vec3(h.yz, row(h.x + 0.05, 0.2, 4.0)), 1.52, 0.04, 0.02), 0.04);
  drum = carve(drum, rod(h.yzx - vec3(0, 0, 0.62), 1.02, 0.06, 0.03), 0.04);
  drum = carve(drum, rod(vec3(fan(h.yz, 10.0) - vec2(0.86, 0), h.x - 0.5), 0.08, 0.2, 0.0), 0.02);
  add(hit, drum, RUST);
  add(hit, merge(rod(h.yzx - vec3(0, 0, 0.75), 0.45, 0.3, 0.08), rod(h.yzx - vec3(0, 0, 0.6), 0.72, 0.06, 0.02), 0.06), BLACK);
  vec2 studs = fan(h.yz, 5.0) - vec2(0.6, 0);
  add(hit, min(rod(vec3(studs, h.x - 0.85), 0.075, 0.28, 0.01), bolt(vec3(studs, h.x - 0.7), 0.12)), STEEL);
  add(hit, rod(h.yzx + vec3(0, 0, 0.45), 1.55, 0.05, 0.02), BLACK);
  // Brake pipes, damper stub.
  float pipe = min(hose(q, vec3(5.6, 0.5, 0.3), vec3(4.4, 0.6, 0.5), vec3(2.6, 0.5, 0.45), 0.05), hose(q, vec3(2.6, 0.5, 0.45), vec3(1.4, 0.55, 0.4), vec3(0.4, 1.25, -0.1), 0.05));
  add(hit, pipe, BRASS);
  vec3 d = p - vec3(-4.6, 1.3, 1.0);
  d.yz = turn(0.5) * d.yz;
  add(hit, min(rod(d.xzy - vec3(0, 0, 0.5), 0.24, 0.75, 0.04), rod(d.xzy - vec3(0, 0, 1.4), 0.08, 0.5, 0.01)), BLACK);
  add(hit, box(p - vec3(0, 0.16, 0.4), vec3(0.9, 0.16, 0.5), 0.03), WOOD);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 0.8 + 40.0);
  if (of == BLACK) return blackPaint(p, n);
  if (of == STEEL) return machined(p);
  if (of == WOOD) return timber(p);
  if (of == BRASS) return Surface(vec3(0.3, 0.27, 0.22), 0.5, 0.4, 0.01, 10.0);
  return rusted(p);
}
