// The nameplate on the traction motor, close.
#define EYE vec3(0.35, 1.1, 3.9)
#define LOOK_AT vec3(0.03, 0.03, 0.0)
#define LENS 1.5
#define ROLL 0.05
#define APERTURE 0.025
#define SUN normalize(vec3(-0.75, 0.62, 0.7))

const vec2 plate = vec2(1.5, 0.95);

Hit scene(vec3 p) {
  // The housing is a big drum lying along the first coordinate; ribs run beside the plate's boss.
  float drum = length(p.yz + vec2(0, 3.2)) - 3.0;
  float wrap = p.y;
  float ribs = max(abs(row(abs(p.y) - 1.95, 0.42, 4.0)) - 0.05, length(p.yz + vec2(0, 3.2)) - 3.26);
  Hit hit = Hit(merge(drum, max(ribs, abs(p.y) < 1.2 ? 0.3 : -9.0), 0.08), ALUMINIUM);
  float boss = box(p + vec3(0, 0, 0.15), vec3(plate + 0.14, 0.13), 0.06);
  add(hit, min(merge(hit.far, boss, 0.1), boss), ALUMINIUM);
  add(hit, box(p, vec3(plate, 0.015), 0.005), LABEL);
  vec3 rivet = vec3(abs(p.xy) - plate + 0.11, p.z - 0.02);
  add(hit, length(rivet * vec3(1, 1, 1.7)) - 0.065, STEEL);
  add(hit, hose(p, vec3(-2.6, 1.3, 0.2), vec3(-0.4, 1.75, 0.9), vec3(2.9, 1.5, -0.2), 0.2), ORANGE);
  add(hit, bolt(p - vec3(2.15, -0.6, -0.32), 0.16), STEEL);
  add(hit, bolt(p - vec3(-2.1, -0.9, -0.42), 0.16), STEEL);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == LABEL) {
    vec3 ink = printAt(p.xy / (2.0 * plate) + 0.5);
    float dirt = 0.75 * smoothstep(0.5, 0.75, fbm(p * 2.3 + 4.0)) + 0.25 * smoothstep(0.6, 0.7, fbm(p * 11.0));
    return Surface(mix(ink * 0.85, vec3(0.1, 0.085, 0.07), dirt * 0.55), 0.34 + 0.3 * dirt, 0.35 * ink.r * (1.0 - dirt), 0.004, 9.0);
  }
  if (of == STEEL) return machined(p * 1.3);
  if (of == ORANGE) return plastic(p, n, vec3(0.62, 0.17, 0.015));
  return castAluminium(p * 1.2 + 5.0);
}
