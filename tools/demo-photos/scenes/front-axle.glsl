// A front axle as it comes out: crossmember, arms, struts with springs, discs and drive shafts.
#define EYE vec3(5.6, 8.6, 10.4)
#define LOOK_AT vec3(0.5, 1.5, 0.3)
#define LENS 1.08

float spring(vec3 p, float radius, float pitch, float half_) {
  float angle = atan(p.z, p.x) / (2.0 * PI);
  float up = p.y / pitch - angle;
  vec2 q = vec2(length(p.xz) - radius, (up - floor(up + 0.5)) * pitch);
  return max(length(q) - 0.12, abs(p.y) - half_) * 0.7;
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  float near = box(p - vec3(0, 2.1, 0), vec3(7.1, 2.6, 2.2), 0.0);
  if (near > 1.0) {
    add(hit, near + 0.3, BLACK);
    return hit;
  }
  float side = p.x < 0.0 ? -1.0 : 1.0;
  vec3 q = vec3(abs(p.x), p.yz);
  // Crossmember: a pressed box with holes, arms to the front and back.
  float beam = merge(box(q - vec3(0, 0.95, -0.5), vec3(3.2, 0.26, 0.5), 0.1), box(q - vec3(2.75, 0.85, 0.1), vec3(0.42, 0.24, 1.35), 0.1), 0.3);
  beam = merge(beam, box(q - vec3(0, 0.95, 0.95), vec3(2.7, 0.15, 0.2), 0.08), 0.2);
  beam = carve(beam, rod(vec3(q.x - 1.55, q.z + 0.5, q.y - 1.2), 0.26, 0.2, 0.02), 0.05);
  beam = carve(beam, rod(vec3(q.x - 0.35, q.z + 0.5, q.y - 1.2), 0.16, 0.2, 0.02), 0.05);
  add(hit, beam, BLACK);
  add(hit, bolt(vec3(q.x - 2.75, q.z - 1.1, q.y - 1.16), 0.16), RUST);
  add(hit, rod(vec3(q.x - 2.75, q.z + 1.15, q.y - 0.9), 0.25, 0.3, 0.03), STEEL);
  // Lower arms with bushes and ball joint.
  float arm = merge(tube(q, vec3(3.1, 0.75, 1.2), vec3(5.4, 0.62, 0.1), 0.2), tube(q, vec3(3.1, 0.75, -0.6), vec3(5.4, 0.62, 0.0), 0.22), 0.35);
  arm = merge(arm, rod(vec3(q.x - 5.4, q.z - 0.05, q.y - 0.62), 0.36, 0.12, 0.04), 0.15);
  add(hit, arm, BLACK);
  add(hit, min(rod(vec3(q.xy - vec2(3.1, 0.75), q.z - 1.25), 0.3, 0.28, 0.05), rod(vec3(q.x - 5.42, q.z - 0.05, q.y - 0.85), 0.24, 0.18, 0.1)), RUBBER);
  // Drive shaft with pleated boots; the inner one ends in the air.
  vec3 shaft = vec3(q.x, q.y - 1.55 + 0.03 * (q.x - 3.0), q.z + 0.05);
  add(hit, rod(shaft.yzx - vec3(0, 0, 3.4), 0.14, 2.1, 0.02), RUST);
  float pleat = 0.07 * cos(shaft.x * 22.0);
  add(hit, rod(shaft.yzx - vec3(0, 0, 4.85), mix(0.28, 0.5, clamp((shaft.x - 4.4) / 0.9, 0.0, 1.0)) + pleat, 0.42, 0.04) * 0.7, RUBBER);
  add(hit, rod(shaft.yzx - vec3(0, 0, 1.95), mix(0.46, 0.26, clamp((shaft.x - 1.5) / 0.9, 0.0, 1.0)) + pleat, 0.38, 0.04) * 0.7, RUBBER);
  add(hit, rod(shaft.yzx - vec3(0, 0, 1.35), 0.5, 0.26, 0.06), STEEL);
  // Knuckle, hub, disc, caliper, splash shield.
  vec3 h = vec3(q.x - 6.1, q.y - 1.45, q.z);
  float knuckle = merge(rod(h.yzx + vec3(0, 0, 0.35), 0.55, 0.22, 0.06), tube(h, vec3(-0.6, -0.7, 0.05), vec3(-0.5, 1.2, -0.05), 0.24), 0.25);
  knuckle = merge(knuckle, tube(h, vec3(-0.5, -0.1, 0), vec3(-0.6, 0.0, -1.25), 0.16), 0.25);
  add(hit, knuckle, RUST);
  float disc = rod(h.yzx - vec3(0, 0, 0.05), 1.36, 0.13, 0.02);
  disc = carve(disc, rod(h.yzx - vec3(0, 0, 0.05), 1.6, 0.035, 0.0), 0.01);
  disc = max(disc, -rod(h.yzx - vec3(0, 0, 0.05), 0.7, 0.5, 0.0));
  add(hit, disc, STEEL);
  float hat = rod(h.yzx - vec3(0, 0, 0.26), 0.76, 0.3, 0.05);
  hat = carve(hat, rod(vec3(fan(h.yz, 5.0) - vec2(0.5, 0), h.x - 0.5), 0.08, 0.2, 0.0), 0.02);
  add(hit, merge(hat, rod(h.yzx - vec3(0, 0, 0.6), 0.33, 0.2, 0.05), 0.05), RUST);
  add(hit, rod(vec3(fan(h.yz, 5.0) - vec2(0.5, 0), h.x - 0.75), 0.065, 0.3, 0.01), STEEL);
  float caliper = box(h - vec3(-0.05, 0.55, 1.0), vec3(0.42, 0.62, 0.34), 0.14);
  caliper = max(caliper, -rod(h.yzx - vec3(0, 0, 0.05), 1.42, 0.17, 0.0));
  add(hit, caliper, RUST);
  // Strut and spring, cut above; the near one lost its top mount.
  vec3 s = h - vec3(-0.75, 1.35, -0.1);
  s.xy = turn(-0.13) * s.xy;
  add(hit, rod(s.xzy - vec3(0, 0, 0.2), 0.24, 1.0, 0.03), BLACK);
  add(hit, min(rod(s.xzy - vec3(0, 0, 0.75), 0.62, 0.05, 0.03), rod(s.xzy - vec3(0, 0, side > 0.0 ? 2.35 : 2.5), side > 0.0 ? 0.5 : 0.66, 0.08, 0.04)), BLACK);
  add(hit, rod(s.xzy - vec3(0, 0, 1.6), 0.09, 1.1, 0.01), CHROME);
  add(hit, spring(s - vec3(0, 1.55, 0), 0.5, 0.42, 0.78), BLACK);
  // Anti-roll bar, brake hose.
  float bar = min(tube(q, vec3(0, 1.35, -1.25), vec3(3.3, 1.35, -1.25), 0.11), hose(q, vec3(3.3, 1.35, -1.25), vec3(4.6, 1.4, -1.3), vec3(5.0, 1.0, -0.1), 0.11));
  add(hit, bar, RUST);
  add(hit, hose(q, vec3(5.9, 2.2, 0.9), vec3(5.2, 3.6, 1.6), vec3(4.6, 1.4, 1.5), 0.06), RUBBER);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 0.8);
  if (of == BLACK) return blackPaint(p, n);
  if (of == RUST) return rusted(p);
  if (of == RUBBER) return rubber(p, n);
  if (of == CHROME) return Surface(vec3(0.7), 0.16, 0.95, 0.0, 1.0);
  return machined(p);
}
