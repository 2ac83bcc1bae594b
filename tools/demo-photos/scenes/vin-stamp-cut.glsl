// The stamped piece of bulkhead, cut out with the torch, on the floor.
#define EYE vec3(0.9, 5.0, 3.6)
#define LOOK_AT vec3(0.05, 0.0, 0.12)
#define LENS 1.5
#define ROLL -0.05
#define APERTURE 0.03
#define SUN normalize(vec3(-0.8, 0.5, 0.35))
#define SUN_COLOUR vec3(2.1, 1.95, 1.75)

const vec2 field_ = vec2(1.9, 0.31);

vec3 onPiece(vec3 p) {
  vec3 q = p - vec3(0.05, 0.12, 0);
  q.xz = turn(0.1) * q.xz;
  q.y -= 0.03 * q.x * q.x * 0.5 - 0.05;
  return q;
}

float outline(vec3 q) {
  float rough = 0.16 * noise(vec3(q.xz * 2.0, 2.0)) + 0.07 * noise(vec3(q.xz * 7.0, 5.0)) + 0.03 * noise(vec3(q.xz * 19.0, 5.0));
  return box2(q.xz, vec2(2.35 + 0.14 * q.z, 0.72 - 0.05 * q.x)) - 0.25 + rough;
}

float struck(vec3 q) {
  vec2 uv = vec2(q.x, -q.z) / (2.0 * field_) + 0.5;
  if (any(greaterThan(abs(uv - 0.5), vec2(0.5)))) return 0.0;
  return texture(print, uv).r;
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  vec3 q = onPiece(p);
  float bead = 0.07 * exp(-pow((q.z - 0.62) * 6.0, 2.0)) - 0.06 * exp(-pow((q.x + 2.25) * 5.0, 2.0));
  float sheet = max(abs(q.y - bead) - 0.035, outline(q));
  // Slag hangs in drops along the cut.
  vec3 drop = q - vec3(0, -0.03, 0);
  float slag = max(abs(outline(q)) - 0.05 * noise(q * 8.0), abs(drop.y) - 0.09 * noise(q * 11.0));
  sheet = min(sheet, slag);
  if (sheet < 0.06 && q.y > 0.0) sheet += 0.024 * struck(q);
  sheet = max(sheet, -rod(vec3(q.x - 2.1, q.z + 0.55, q.y), 0.14, 0.4, 0.0));
  add(hit, sheet * 0.7, PAINT);
  for (int i = 0; i < 7; i++) {
    vec3 at = vec3(-2.9 + float(i) * 0.93 + 0.5 * sin(float(i) * 2.4), 0.03, (mod(float(i), 2.0) * 2.0 - 1.0) * (1.35 + 0.3 * sin(float(i) * 5.1)));
    add(hit, length((p - at) * vec3(1.0, 1.3, 1.0)) - 0.06 - 0.02 * sin(float(i) * 3.0), RUST);
  }
  vec3 strip = p - vec3(-0.6, 0.06, -1.75);
  strip.xz = turn(-0.12) * strip.xz;
  add(hit, box(strip - vec3(0, 0.02 * sin(strip.x * 3.0), 0.0), vec3(1.5, 0.03, 0.12 + 0.04 * noise(p * 5.0)), 0.01) * 0.8, RUST);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 1.6 + 15.0);
  if (of == RUST) return Surface(vec3(0.09, 0.085, 0.085), 0.5, 0.5, 0.06, 12.0);
  vec3 q = onPiece(p);
  Surface s = carPaint(p * 3.0, n, vec3(0.16, 0.19, 0.215));
  float back = -outline(q);
  float dust = smoothstep(0.4, 0.7, fbm(p * 1.7 + 3.0));
  s.colour = mix(s.colour, vec3(0.2, 0.18, 0.15), 0.5 * dust);
  float chip = smoothstep(0.6, 0.64, fbm(p * 2.6 + 14.0) + 0.05 * noise(p * 20.0));
  s.colour = mix(s.colour, rusted(p).colour * 1.3, chip);
  float burnt = smoothstep(0.42, 0.1, back + 0.25 * fbm(q * 3.0) - 0.1);
  s.colour = mix(s.colour, vec3(0.05, 0.043, 0.04) * (0.6 + 0.8 * noise(p * 9.0)), burnt);
  s.colour = mix(s.colour, vec3(0.15, 0.16, 0.24), 0.5 * smoothstep(0.16, 0.1, back) * smoothstep(0.03, 0.07, back));
  if (back < 0.035) return Surface(vec3(0.36, 0.35, 0.34) * (0.6 + 0.6 * noise(p * 16.0)), 0.42, 0.7, 0.08, 14.0);
  s.colour = mix(s.colour, vec3(0.03, 0.025, 0.02), 0.75 * smoothstep(0.12, 0.8, struck(q)));
  return Surface(s.colour, mix(0.4, 0.8, max(chip, burnt)), 0.0, 0.008 + 0.03 * max(chip, burnt), 12.0);
}
