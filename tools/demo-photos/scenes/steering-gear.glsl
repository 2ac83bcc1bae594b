// A rack-and-pinion steering gear on a sheet of cardboard.
#define EYE vec3(1.6, 7.6, 7.0)
#define LOOK_AT vec3(0.1, 0.35, 0.05)
#define LENS 1.06
#define ROLL -0.06

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  vec3 b = p;
  b.xz = turn(0.07) * b.xz;
  add(hit, box(b - vec3(0.2, 0.03, 0.1), vec3(4.9, 0.03, 2.2), 0.01), WOOD);
  float near = box(p - vec3(0, 0.8, 0), vec3(6.4, 1.2, 2.0), 0.0);
  if (near > 0.8) {
    add(hit, near + 0.3, BLACK);
    return hit;
  }
  vec3 q = p - vec3(0, 0.5, 0);
  q.xz = turn(-0.12) * q.xz;
  vec3 m = vec3(abs(q.x), q.yz);
  // Rack tube with clamps and mounting bushes.
  add(hit, rod(q.yzx - vec3(0, 0, 0.4), 0.3, 2.4, 0.03), STEEL);
  float mount = box(vec3(abs(q.x - 0.3) - 1.6, q.y + 0.08, q.z - 0.36), vec3(0.34, 0.2, 0.34), 0.1);
  mount = carve(mount, rod(vec3(abs(q.x - 0.3) - 1.6, q.z - 0.48, q.y), 0.14, 0.6, 0.0), 0.02);
  mount = merge(mount, rod(vec3(q.yz, abs(q.x - 0.3) - 1.6), 0.4, 0.3, 0.04), 0.08);
  add(hit, mount, ALUMINIUM);
  // Pinion housing with its valve tower, spline, adjuster, ports.
  vec3 v = q - vec3(-1.75, 0.05, 0.0);
  v.yz = turn(0.62) * v.yz;
  v.xy = turn(0.3) * v.xy;
  float tower = merge(rod(v.xzy - vec3(0, 0, 0.35), 0.46, 0.75, 0.08), rod(q.yzx + vec3(0, 0, 1.75), 0.46, 0.7, 0.08), 0.2);
  tower = merge(tower, rod(v.xzy - vec3(0, 0, 1.1), 0.38, 0.16, 0.04), 0.05);
  tower = merge(tower, rod(v.xyz - vec3(0, -0.1, 0.4), 0.36, 0.36, 0.04), 0.1);
  tower = merge(tower, box(v - vec3(0.42, 0.5, 0.1), vec3(0.2, 0.26, 0.18), 0.05), 0.08);
  add(hit, tower, ALUMINIUM);
  add(hit, bolt(v - vec3(0, -0.1, 0.84), 0.25), STEEL);
  float spline = rod(v.xzy - vec3(0, 0, 1.5), 0.15 + 0.012 * cos(atan(v.z, v.x) * 20.0), 0.42, 0.02);
  add(hit, spline, STEEL);
  add(hit, rod(v.xzy - vec3(0, 0, 1.28), 0.27, 0.05, 0.03), RUBBER);
  float ports = min(bolt((v - vec3(0.66, 0.62, 0.1)).yzx, 0.13), bolt((v - vec3(0.66, 0.36, 0.1)).yzx, 0.13));
  add(hit, ports, BRASS);
  float lines = min(hose(q, vec3(-1.05, 0.75, -0.1), vec3(0.2, 0.95, -0.75), vec3(1.1, 0.3, -0.5), 0.06), hose(q, vec3(1.1, 0.3, -0.5), vec3(1.9, 0.0, -0.55), vec3(2.2, 0.1, -0.28), 0.06));
  lines = min(lines, min(hose(q, vec3(-1.05, 0.5, 0.05), vec3(-0.4, 0.75, 0.85), vec3(0.4, 0.35, 0.5), 0.06), hose(q, vec3(0.4, 0.35, 0.5), vec3(0.7, 0.15, 0.3), vec3(0.75, 0.2, 0.2), 0.06)));
  add(hit, lines, BRASS);
  // Pleated boots, tie rods, ball joints. The right joint hangs down, the left lies askew.
  float boot = 0.36 + 0.1 * cos(m.x * 20.0) - 0.1 * smoothstep(2.7, 4.0, m.x);
  add(hit, rod(vec3(m.yz, m.x - 3.3), boot, 0.78, 0.03) * 0.62, RUBBER);
  add(hit, min(rod(vec3(m.yz, m.x - 2.62), 0.42, 0.06, 0.02), rod(vec3(m.yz, m.x - 4.02), 0.24, 0.05, 0.02)), STEEL);
  vec3 end = q.x < 0.0 ? vec3(5.75, 0.12, 0.35) : vec3(5.6, 0.0, -0.25);
  float tie = tube(m, vec3(4.0, 0, 0), end, 0.125);
  tie = merge(tie, tube(m, mix(vec3(4.0, 0, 0), end, 0.72), mix(vec3(4.0, 0, 0), end, 0.95), 0.2), 0.05);
  add(hit, tie, RUST);
  vec3 j = m - end - vec3(0.12, 0, 0);
  float joint = merge(rod(j.xzy, 0.33, 0.2, 0.1), rod(j.xzy - vec3(0, 0, 0.16), 0.22, 0.14, 0.05), 0.05);
  add(hit, joint, BLACK);
  add(hit, cone(j.xzy - vec3(0, 0, 0.36), 0.28, 0.13, 0.12), RUBBER);
  add(hit, rod(j.xzy - vec3(0, 0, 0.65), 0.1 + 0.008 * cos(j.y * 90.0), 0.25, 0.01), STEEL);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 1.2 + 12.0);
  if (of == WOOD) {
    float wet = smoothstep(0.48, 0.62, fbm(p * 0.8 + 3.0));
    vec3 card = mix(vec3(0.31, 0.21, 0.12), vec3(0.38, 0.27, 0.165), fbm(p * vec3(0.4, 1, 6.0)));
    return Surface(mix(card, vec3(0.09, 0.06, 0.035), wet * 0.85), 0.85, 0.0, 0.015, 12.0);
  }
  if (of == ALUMINIUM) return castAluminium(p);
  if (of == RUST) return rusted(p);
  if (of == BLACK) return blackPaint(p, n);
  if (of == RUBBER) return rubber(p, n);
  if (of == BRASS) return Surface(vec3(0.33, 0.31, 0.27), 0.4, 0.7, 0.01, 10.0);
  return machined(p);
}
