// The maker's nameplate, riveted to the door pillar.
#define EYE vec3(-0.5, 0.75, 3.6)
#define LOOK_AT vec3(0.05, 0.02, 0.0)
#define LENS 1.6
#define ROLL -0.05
#define APERTURE 0.025
#define SUN normalize(vec3(-0.7, 0.66, 0.75))

const vec2 plate = vec2(1.35, 0.85);

Hit scene(vec3 p) {
  float pillar = p.z + 0.02 * sin(p.x) + 0.04;
  pillar = merge(pillar, box(p - vec3(2.2, 0, 0.1), vec3(0.35, 9.0, 0.5), 0.2), 0.3);
  pillar = merge(pillar, p.x < 0.0 ? -(p.x + 2.0) * 0.8 - p.z * 0.2 + 9.0 : 9.0, 0.2);
  pillar = merge(pillar, box(p - vec3(-2.35, 0, -0.4), vec3(0.55, 9.0, 0.9), 0.3), 0.3);
  pillar = merge(pillar, box(p - vec3(0, -1.5, 0), vec3(1.7, 0.1, 0.08), 0.06), 0.12);
  pillar = carve(pillar, rod(p - vec3(0.9, 1.45, 0), 0.16, 0.3, 0.02), 0.05);
  Hit hit = Hit(pillar, PAINT);
  float bent = p.z - 0.02 - 0.015 * sin(p.x * 1.3 + 0.4);
  add(hit, box(vec3(p.xy, bent), vec3(plate, 0.012), 0.008), LABEL);
  add(hit, length(vec3(abs(p.xy) - plate + 0.1, bent - 0.02) * vec3(1, 1, 1.8)) - 0.06, STEEL);
  add(hit, box(p - vec3(2.75, 0, 0.55), vec3(0.2, 9.0, 0.16), 0.12), RUBBER);
  add(hit, rod(p - vec3(-0.8, 1.5, 0.02), 0.16, 0.04, 0.03), RUBBER);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == RUBBER) return rubber(p, n);
  if (of == STEEL) return machined(p * 1.7);
  if (of == LABEL) {
    vec3 ink = printAt(p.xy / (2.0 * plate) + 0.5);
    float dust = 0.6 * smoothstep(0.45, 0.75, fbm(p * 2.0 + 7.0));
    float scratch = smoothstep(0.006, 0.0, abs(fract(p.x * 0.7 + p.y * 0.33 + 0.15 * fbm(p)) - 0.5)) * smoothstep(0.5, 0.6, noise(p * 1.7));
    vec3 colour = mix(ink * 0.8, vec3(0.2, 0.175, 0.145), dust * 0.6);
    return Surface(mix(colour, vec3(0.55), 0.4 * scratch), 0.36 + 0.3 * dust, 0.5 * ink.g * (1.0 - dust), 0.003, 9.0);
  }
  Surface s = carPaint(p * 2.4, n, vec3(0.31, 0.32, 0.33));
  float edge = smoothstep(0.6, 0.66, fbm(p * 2.1 + 4.0) + 0.06 * noise(p * 18.0));
  s.colour = mix(s.colour, vec3(0.15, 0.13, 0.105), 0.55 * smoothstep(0.45, 0.75, fbm(p * vec3(3.0, 0.7, 3.0))));
  s.colour = mix(s.colour, rusted(p).colour * 1.2, edge);
  return Surface(s.colour, s.rough + 0.3 * edge, 0.0, 0.002 + 0.03 * edge, 12.0);
}
