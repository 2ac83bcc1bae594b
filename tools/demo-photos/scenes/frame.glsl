// A ladder frame, cut through with the torch.
#define EYE vec3(9.4, 6.6, 7.4)
#define LOOK_AT vec3(0.6, 0.9, -0.2)
#define LENS 1.25

const float cutAt = 4.6;

float edgeAt(vec3 p) {
  return p.x - cutAt - 0.35 * sin(p.z * 0.5) - 0.22 * noise(p * vec3(0.0, 3.0, 3.0)) - 0.1 * noise(p * vec3(0.0, 11.0, 11.0)) - 0.25 * (p.y - 1.6);
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  add(hit, box(p - vec3(3.0, 0.3, 0), vec3(0.35, 0.3, 4.4), 0.03), WOOD);
  add(hit, box(p - vec3(-5.5, 0.3, 0), vec3(0.35, 0.3, 4.2), 0.03), WOOD);
  float near = box(p - vec3(-3.0, 1.5, 0), vec3(9.0, 1.3, 4.2), 0.0);
  if (near > 1.0) {
    add(hit, near + 0.3, BLACK);
    return hit;
  }
  vec3 q = vec3(p.x, p.y - 1.5, abs(p.z) - 2.9);
  // Channel rails, open inwards, with holes and rivets.
  float rail = box(q, vec3(11.0, 0.9, 0.42), 0.06);
  rail = carve(rail, box(q + vec3(0, 0, 0.2), vec3(12.0, 0.78, 0.5), 0.05), 0.03);
  rail = carve(rail, rod(vec3(row(q.x + 3.0, 1.7, 9.0), q.y - 0.25, q.z - 0.4), 0.13, 0.3, 0.0), 0.02);
  rail = carve(rail, rod(vec3(row(q.x + 3.4, 2.6, 6.0), q.y + 0.35, q.z - 0.4), 0.22, 0.3, 0.0), 0.02);
  rail = max(rail, edgeAt(p));
  add(hit, rail, BLACK);
  // Crossmembers with gussets.
  vec3 c = vec3(row(p.x + 3.4, 4.8, 4.0), p.y - 1.5, p.z);
  float cross_ = box(c, vec3(0.5, 0.55, 2.85), 0.08);
  cross_ = carve(cross_, rod(vec3(c.x, row(c.z, 1.5, 3.0), c.y - 0.5), 0.3, 0.3, 0.0), 0.04);
  vec3 g = vec3(abs(c.x), c.y, abs(c.z) - 2.3);
  float gusset = max(box(g - vec3(0.0, 0.72, 0.0), vec3(1.3, 0.06, 0.75), 0.02), (g.x * 0.55 - g.z - 0.4) * 0.85);
  cross_ = min(cross_, gusset);
  cross_ = max(cross_, edgeAt(p));
  add(hit, cross_, BLACK);
  add(hit, rod(vec3(g.x - 0.75, g.z - 0.35, g.y - 0.8), 0.11, 0.08, 0.05), RUST);
  add(hit, rod(vec3(row(q.x + 3.4, 0.8, 20.0), q.y + 0.6, q.z - 0.44), 0.1, 0.06, 0.05) + (p.x > cutAt - 0.4 ? 0.5 : 0.0), RUST);
  // Spring hanger, brake pipe, harness left over.
  vec3 h = q - vec3(1.4, -0.95, 0.3);
  float hanger = merge(box(h, vec3(0.42, 0.5, 0.28), 0.1), rod(h + vec3(0, 0.4, 0), 0.34, 0.34, 0.05), 0.1);
  add(hit, carve(hanger, rod(h + vec3(0, 0.4, 0), 0.16, 1.0, 0.0), 0.02), RUST);
  float lines = hose(p, vec3(-10.0, 2.0, 2.3), vec3(-2.0, 2.1, 2.5), vec3(3.2, 1.9, 2.4), 0.06);
  lines = min(lines, hose(p, vec3(3.2, 1.9, 2.4), vec3(4.2, 1.9, 2.3), vec3(4.9, 1.1, 1.9), 0.06));
  lines = min(lines, hose(p, vec3(-8.0, 2.0, -2.4), vec3(0.0, 2.5, -2.0), vec3(4.0, 0.7, -1.6), 0.09));
  add(hit, lines, RUBBER);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 0.8 + 70.0);
  if (of == WOOD) return timber(p.zyx);
  if (of == RUBBER) return rubber(p, n);
  if (of == RUST) return rusted(p);
  Surface s = blackPaint(p * 0.7, n);
  // Heat has burnt the paint behind the cut, blued the steel at it, and left bright slag on the face.
  float back = -edgeAt(p);
  float burnt = smoothstep(1.3, 0.2, back + 0.5 * fbm(p * 2.0));
  s.colour = mix(s.colour, vec3(0.12, 0.095, 0.08) * (0.7 + 0.6 * noise(p * 8.0)), burnt);
  s.colour = mix(s.colour, vec3(0.1, 0.12, 0.2), 0.7 * smoothstep(0.3, 0.14, back) * smoothstep(0.04, 0.1, back));
  if (back < 0.035) {
    float slag = noise(p * vec3(3, 14, 14));
    return Surface(mix(vec3(0.2, 0.19, 0.185), vec3(0.62, 0.6, 0.58), slag), 0.4, 0.75, 0.08, 12.0);
  }
  return s;
}
