// The VIN struck into the bulkhead under the bonnet; paint worn off where it was wiped clean.
#define EYE vec3(0.9, 1.9, 4.6)
#define LOOK_AT vec3(0.05, 0.1, 0.0)
#define LENS 1.5
#define ROLL 0.06
#define APERTURE 0.03
#define SUN normalize(vec3(-0.85, 0.5, 0.42))
#define SUN_COLOUR vec3(2.2, 2.05, 1.85)

const vec2 field_ = vec2(1.95, 0.32);

float struck(vec3 p) {
  vec2 uv = p.xy / (2.0 * field_) + 0.5;
  if (any(greaterThan(abs(uv - 0.5), vec2(0.5)))) return 0.0;
  return texture(print, uv).r;
}

Hit scene(vec3 p) {
  float wave = 0.03 * sin(p.x * 0.8 + 1.0) + 0.015 * noise(p * 1.5);
  float sheet = p.z + wave * 0.5;
  float bead = merge(sheet, box(p - vec3(0, -0.95, -0.05), vec3(5.0, 0.12, 0.16), 0.1), 0.15);
  bead = merge(bead, box(p - vec3(0, 1.1, -0.1), vec3(5.0, 0.3, 0.4), 0.12), 0.25);
  bead = merge(bead, box(p - vec3(-2.75, 0, -0.05), vec3(0.14, 3.0, 0.14), 0.1), 0.15);
  bead = carve(bead, rod(p - vec3(2.6, 0.05, 0), 0.2, 0.4, 0.02), 0.05);
  if (sheet < 0.08) bead += 0.026 * struck(p);
  Hit hit = Hit(bead * 0.8, PAINT);
  add(hit, box(p - vec3(0, 1.55, 0.35), vec3(5.0, 0.14, 0.14), 0.13), RUBBER);
  add(hit, merge(bolt(p - vec3(2.6, -0.55, 0.1), 0.17), rod(p - vec3(2.6, -0.55, 0.0), 0.26, 0.03, 0.02), 0.01), RUST);
  add(hit, hose(p, vec3(-3.3, -1.2, 0.5), vec3(-0.6, -2.0, 1.1), vec3(3.3, -1.35, 0.4), 0.2), RUBBER);
  add(hit, hose(p, vec3(-3.3, -1.5, 0.3), vec3(-0.2, -1.6, 0.7), vec3(3.3, -1.75, 0.5), 0.09), ORANGE);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == RUBBER) return rubber(p, n);
  if (of == ORANGE) return plastic(p, n, vec3(0.06, 0.055, 0.05));
  if (of == RUST) return rusted(p);
  float stroke = struck(p);
  Surface s = carPaint(p * 3.0, n, vec3(0.16, 0.19, 0.215));
  float dust = smoothstep(0.35, 0.65, fbm(p * 1.7 + 3.0));
  // Wiped with a rag about the number.
  float wiped = smoothstep(0.65, 0.3, abs(p.y + 0.1 * fbm(p * 2.0)) - 0.12) * smoothstep(2.5, 2.0, abs(p.x));
  s.colour = mix(s.colour, vec3(0.23, 0.205, 0.17), 0.75 * dust * (1.0 - 0.8 * wiped));
  float chip = smoothstep(0.6, 0.64, fbm(p * 2.6 + 14.0) + 0.05 * noise(p * 20.0));
  s.colour = mix(s.colour, rusted(p).colour * 1.3, chip);
  s.colour = mix(s.colour, mix(vec3(0.03, 0.026, 0.022), vec3(0.14, 0.075, 0.04), smoothstep(0.4, 0.7, fbm(p * 3.0))), 0.75 * smoothstep(0.12, 0.8, stroke));
  return Surface(s.colour, mix(0.4, 0.75, max(chip, dust * (1.0 - wiped))), 0.0, 0.008 + 0.03 * chip, 12.0);
}
