// The engine number, struck into a machined pad on the block.
#define EYE vec3(-0.7, 1.3, 3.5)
#define LOOK_AT vec3(0.0, 0.02, 0.0)
#define LENS 1.45
#define ROLL -0.04
#define APERTURE 0.03
#define SUN normalize(vec3(-0.8, 0.55, 0.45))
#define SUN_COLOUR vec3(2.3, 2.15, 1.9)

const vec2 pad = vec2(1.45, 0.36);

Hit scene(vec3 p) {
  float wall = p.z + 0.1 + 0.012 * noise(p * 9.0);
  wall = merge(wall, box(vec3(p.x + 0.15, abs(p.y - 0.05) - 1.15, p.z + 0.2), vec3(9.0, 0.11, 0.36), 0.08), 0.2);
  wall = merge(wall, box(vec3(row(p.x - 0.2, 2.3, 5.0), p.y, p.z + 0.2), vec3(0.1, 9.0, 0.2), 0.08), 0.2);
  wall = merge(wall, rod(p - vec3(2.35, -0.1, -0.1), 0.52, 0.25, 0.06), 0.12);
  wall = carve(wall, rod(p - vec3(2.35, -0.1, 0.1), 0.36, 0.18, 0.02), 0.03);
  wall = max(wall, -box(p - vec3(0, 0, 0.5), vec3(pad + 0.1, 0.6), 0.1));
  float boss = box(p + vec3(0, 0, 0.2), vec3(pad + 0.05, 0.2), 0.03);
  float depth = 0.0;
  if (boss < 0.05) depth = 0.03 * texture(print, p.xy / (2.0 * pad) + 0.5).r;
  Hit hit = Hit(merge(wall, boss + 0.02, 0.12), ALUMINIUM);
  add(hit, (boss + depth) * 0.8, STEEL);
  add(hit, bolt(p - vec3(-2.3, 0.55, -0.1), 0.2), RUST);
  add(hit, bolt(p - vec3(-2.2, -1.5, -0.12), 0.2), RUST);
  add(hit, bolt(p - vec3(1.6, 1.55, -0.12), 0.2), RUST);
  add(hit, hose(p, vec3(-3.2, -0.9, 0.4), vec3(-0.2, -1.7, 0.9), vec3(3.4, -1.2, 0.2), 0.17), RUBBER);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == RUBBER) return rubber(p, n);
  if (of == RUST) return rusted(p * 1.2);
  if (of == STEEL) {
    float stroke = texture(print, p.xy / (2.0 * pad) + 0.5).r;
    float lines = noise(vec3(p.x * 0.7, p.y * 60.0, 1.0));
    vec3 colour = vec3(0.42, 0.415, 0.4) * (0.8 + 0.3 * lines);
    float grime = smoothstep(0.42, 0.72, fbm(p * 1.9 + 8.0));
    float rust = smoothstep(0.56, 0.66, fbm(p * 4.0 + 2.0));
    colour = mix(mix(colour, vec3(0.14, 0.115, 0.09), 0.6 * grime), rusted(p).colour * 1.4, 0.55 * rust);
    colour = mix(colour, vec3(0.025, 0.02, 0.016), 0.72 * smoothstep(0.15, 0.9, stroke));
    return Surface(colour, 0.45 + 0.3 * max(grime, rust), 0.55 * (1.0 - max(grime, rust)) * (1.0 - stroke), 0.01, 14.0);
  }
  Surface s = castAluminium(p * 0.9 + 2.0);
  return Surface(s.colour * vec3(0.62, 0.6, 0.57), s.rough, s.metal * 0.6, 0.05, 11.0);
}
