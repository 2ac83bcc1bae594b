// A gearbox, bell mouth towards the lens, lying in its own oil.
#define EYE vec3(6.4, 5.2, 4.6)
#define LOOK_AT vec3(0.1, 1.35, 0.0)

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  vec3 q = p - vec3(0, 1.75, 0);
  q.xy = turn(0.06) * q.xy;
  q.yz = turn(0.12) * q.yz;
  float near = box(q - vec3(-0.4, 0.2, 0), vec3(4.1, 2.4, 2.1), 0.0);
  if (near > 1.0) {
    add(hit, near + 0.3, ALUMINIUM);
    return hit;
  }
  vec3 a = q.yzx;
  // Bell housing: a ribbed cone with a bolt flange, hollow, the release bearing and input shaft inside.
  vec2 round_ = a.xy;
  float angle = atan(round_.y, round_.x);
  float bell = cone(a - vec3(0, 0, 1.4), 1.15, 1.72, 0.9);
  vec2 ribs = fan(round_, 12.0);
  bell = merge(bell, box(vec3(ribs - vec2(1.45, 0), a.z - 1.35), vec3(0.32, 0.05, 0.85), 0.03), 0.1);
  bell = merge(bell, rod(a - vec3(0, 0, 2.22), 1.82 + 0.1 * cos(angle * 8.0), 0.09, 0.03), 0.06);
  vec2 ears = fan(round_, 8.0) - vec2(1.86, 0);
  bell = merge(bell, rod(vec3(ears, a.z - 2.2), 0.24, 0.13, 0.03), 0.08);
  bell = carve(bell, cone(a - vec3(0, 0, 1.75), 0.95, 1.62, 0.8), 0.06);
  bell = carve(bell, rod(vec3(ears, a.z - 2.2), 0.1, 0.4, 0.01), 0.02);
  bell = carve(bell, box(q - vec3(1.4, -0.1, 1.5), vec3(0.45, 0.36, 0.5), 0.1), 0.05);
  add(hit, bell, ALUMINIUM);
  add(hit, rod(a - vec3(0, 0, 1.55), 0.13 + 0.012 * step(2.1, a.z) * cos(angle * 18.0), 1.15, 0.02), STEEL);
  add(hit, carve(rod(a - vec3(0, 0, 1.4), 0.42, 0.22, 0.05), rod(a - vec3(0, 0, 1.7), 0.3, 0.2, 0.02), 0.02), STEEL);
  add(hit, rod(a - vec3(0, 0, 1.0), 0.55, 0.18, 0.04), BLACK);
  add(hit, tube(q, vec3(1.42, 0.1, 0.3), vec3(1.4, -0.25, 1.75), 0.11), BLACK);
  // Gear case with ribs and a bolted side cover.
  float shell = box(q - vec3(-0.7, 0.05, 0), vec3(1.55, 1.12, 0.98), 0.3);
  shell = merge(shell, box(q - vec3(-2.3, 0.1, 0), vec3(0.9, 0.8, 0.75), 0.28), 0.25);
  shell = merge(shell, box(vec3(row(q.x + 0.8, 0.62, 5.0), q.y, q.z - 0.95), vec3(0.05, 0.95, 0.14), 0.03), 0.1);
  shell = merge(shell, box(vec3(row(q.x + 0.8, 0.62, 5.0), q.y - 1.1, q.z), vec3(0.05, 0.15, 0.9), 0.03), 0.1);
  shell = merge(shell, box(q - vec3(-1.55, 0.05, 0), vec3(0.1, 1.22, 1.08), 0.05), 0.06);
  shell = merge(shell, box(q - vec3(-0.75, -0.45, 1.02), vec3(0.85, 0.08, 0.1), 0.04), 0.08);
  add(hit, shell, ALUMINIUM);
  add(hit, box(q - vec3(-0.7, -1.2, 0), vec3(1.3, 0.22, 0.85), 0.12), BLACK);
  add(hit, bolt(vec3(q.z - 1.13 * sign(q.z) * 0.0 - row(q.z, 0.42, 5.0) * 0.0 - 0.93, q.y - 0.9, q.x + 1.42), 0.09), STEEL);
  add(hit, bolt(vec3(row(q.y, 0.55, 4.0), q.z - 0.98, q.x + 1.44), 0.09), STEEL);
  add(hit, bolt(vec3(row(q.z, 0.52, 4.0), q.y - 1.12, q.x + 1.44), 0.09), STEEL);
  // Tail, output flange, selector turret with lever, drain plug, breather, switch with cut wire.
  float tail = cone((q - vec3(-3.3, 0.1, 0)).yzx * vec3(1, 1, -1), 0.68, 0.42, 0.7);
  add(hit, tail, ALUMINIUM);
  add(hit, rod((q - vec3(-4.05, 0.1, 0)).yzx, 0.55, 0.09, 0.03), STEEL);
  float turret = merge(rod((q - vec3(-1.0, 1.3, 0)).xzy, 0.46, 0.3, 0.08), box(q - vec3(-1.0, 1.14, 0), vec3(0.62, 0.08, 0.55), 0.05), 0.08);
  add(hit, turret, ALUMINIUM);
  add(hit, bolt(vec3(abs(q.x + 1.0) - 0.48, abs(q.z) - 0.42, q.y - 1.26), 0.08), STEEL);
  add(hit, merge(tube(q, vec3(-1.0, 1.5, 0), vec3(-1.25, 2.35, 0.1), 0.09), rod((q - vec3(-1.0, 1.66, 0)).xzy, 0.3, 0.09, 0.05), 0.1), RUST);
  float diff = rod(q - vec3(-0.15, -0.35, 1.05), 0.62, 0.3, 0.08);
  diff = merge(diff, rod(q - vec3(-0.15, -0.35, 1.3), 0.42, 0.16, 0.05), 0.06);
  add(hit, diff, ALUMINIUM);
  add(hit, rod(q - vec3(-0.15, -0.35, 1.45), 0.26, 0.14, 0.02), STEEL);
  add(hit, bolt(vec3(fan(q.xy - vec2(-0.15, -0.35), 6.0) - vec2(0.53, 0), q.z - 1.36), 0.07), STEEL);
  add(hit, bolt(q - vec3(-1.1, 0.35, 1.08), 0.17), BRASS);
  float switch_ = merge(rod((q - vec3(-0.1, 0.9, 0.75)).xzy, 0.13, 0.3, 0.03), box(q - vec3(-0.1, 1.25, 0.75), vec3(0.14, 0.14, 0.12), 0.03), 0.04);
  switch_ = min(switch_, hose(q, vec3(-0.1, 1.35, 0.75), vec3(0.2, 2.0, 1.0), vec3(0.75, 1.45, 1.35), 0.045));
  add(hit, switch_, PLASTIC);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) {
    Surface s = concrete(p);
    float pool = smoothstep(0.1, -0.1, length(p.xz * vec2(0.62, 1.0) - vec2(0.1, 0.9)) - 1.5 - 0.9 * fbm(p * 0.9));
    return Surface(mix(s.colour, vec3(0.012, 0.01, 0.008), 0.88 * pool), mix(s.rough, 0.2, pool), 0.0, s.relief * (1.0 - pool), s.fine);
  }
  if (of == STEEL) return machined(p);
  if (of == BLACK) return blackPaint(p, n);
  if (of == RUST) return rusted(p);
  if (of == BRASS) return Surface(vec3(0.45, 0.33, 0.14), 0.45, 0.6, 0.01, 10.0);
  if (of == PLASTIC) return plastic(p, n, vec3(0.03));
  return castAluminium(p);
}
