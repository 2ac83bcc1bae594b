// Both plates of a car, sheared through and bent, on the floor.
#define EYE vec3(0.5, 7.4, 4.6)
#define LOOK_AT vec3(0.1, 0.0, 0.15)
#define LENS 2.05
#define ROLL 0.07
#define APERTURE 0.03

const int pieces = 4;

/// The piece's own place: x along the plate, z down it, y out of its face; w tells which side of the cut is kept.
vec4 placeOf(int which, vec3 p) {
  vec3 at = vec3(-1.45, 0.1, -0.95);
  float yaw = 0.2, lean = 0.05, kept = 1.0, fold = 0.03;
  if (which == 1) { at = vec3(1.35, 0.14, -0.8); yaw = -0.28; lean = -0.06; kept = -1.0; fold = 0.05; }
  if (which == 2) { at = vec3(-1.25, 0.12, 0.85); yaw = -0.16; lean = 0.03; kept = 1.0; fold = 0.04; }
  if (which == 3) { at = vec3(1.45, 0.2, 0.95); yaw = 0.42; lean = 0.1; kept = -1.0; fold = 0.06; }
  vec3 q = p - at;
  q.xz = turn(yaw) * q.xz;
  q.xy = turn(lean) * q.xy;
  q.x -= kept * 1.1;
  float toCut = q.x * kept;
  q.y -= fold * toCut * toCut * 0.6 + 0.16 * exp(-3.0 * max(2.2 + toCut - 2.2, 0.0)) * kept * (which > 1 ? 1.0 : -0.4);
  return vec4(q, kept);
}

float edgeOf(int which, vec4 q) {
  float slope = which < 2 ? 0.22 : -0.3;
  float cut = 0.12 + slope * q.z + 0.05 * sin(q.z * 9.0 + float(which)) + (which < 2 ? 0.0 : 0.35);
  return (cut - q.x) * q.w;
}

vec2 sheetOf(vec4 q) {
  return vec2(q.x / 4.4 + 0.5, 0.5 - q.z / 1.4);
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  float near = box(p - vec3(0, 0.3, 0.2), vec3(4.6, 0.5, 2.7), 0.0);
  if (near > 0.4) {
    add(hit, near + 0.2, LABEL);
    return hit;
  }
  for (int i = 0; i < pieces; i++) {
    vec4 q = placeOf(i, p);
    float flat_ = max(box(q.xyz, vec3(2.2, 0.016, 0.7), 0.01), box2(q.xz, vec2(2.05, 0.55)) - 0.15);
    flat_ = max(flat_, edgeOf(i, q));
    if (flat_ < 0.05) {
      vec3 ink = texture(print, sheetOf(q)).rgb;
      flat_ -= 0.022 * smoothstep(0.25, 0.7, ink.r);
    }
    add(hit, flat_ * 0.75, PAINT + 20 + i);
  }
  add(hit, bolt((p - vec3(0.1, 0.06, 0.1)).xzy, 0.09), STEEL);
  add(hit, rod((p - vec3(-2.2, 0.06, 1.75)).zyx, 0.06, 0.22, 0.02), RUST);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 1.6 + 55.0);
  if (of == STEEL) return machined(p);
  if (of == RUST) return rusted(p);
  int which = of - PAINT - 20;
  vec4 q = placeOf(which, p);
  if (n.y < 0.0) return Surface(vec3(0.4), 0.4, 0.7, 0.01, 12.0);
  vec3 ink = printAt(sheetOf(q));
  float dirt = smoothstep(0.42, 0.7, fbm(p * 1.4 + 6.0)) * 0.6 + 0.3 * smoothstep(0.5, 0.7, noise(p * 9.0));
  float back = -edgeOf(which, q);
  ink = mix(ink, vec3(0.55, 0.55, 0.56), smoothstep(0.07, 0.02, back + 0.05 * noise(p * 14.0)));
  float scratch = smoothstep(0.008, 0.0, abs(fract(q.x * 0.45 + q.z * 0.9 + 0.1 * fbm(p)) - 0.5)) * smoothstep(0.5, 0.6, noise(p * 2.0));
  ink = mix(ink, vec3(0.5), 0.6 * scratch);
  return Surface(mix(ink * 0.9, vec3(0.16, 0.14, 0.115), dirt * 0.6), 0.35 + 0.4 * dirt, 0.0, 0.004, 10.0);
}
