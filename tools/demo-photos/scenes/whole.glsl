// The whole car from the left front, as it came off the lorry.
#define EYE vec3(38.0, 16.5, -33.0)
#define LOOK_AT vec3(3.5, 5.6, 0.0)
#define LENS 1.3
#define ROLL 0.012
#define FAR 420.0
#define APERTURE 0.2
#define SUN normalize(vec3(0.35, 0.8, -0.62))
#define HAZE 0.0012
#define BACKDROP(d) mix(vec3(0.62, 0.65, 0.68), vec3(0.8, 0.84, 0.88), smoothstep(0.0, 0.5, d.y))
#define STRIDE 0.85
#include "car.glsl"

const int WRECK = 30;

vec3 wreckCell(vec3 p) {
  return vec3(clamp(floor(p.x / 46.0 + 0.5), -6.0, 1.0) * 46.0, 0, 32.0);
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  if (p.z > 18.0) {
    vec3 cell = wreckCell(p);
    add(hit, wreck(p - cell) * 0.7, WRECK);
  } else {
    add(hit, 18.6 - p.z, WRECK);
  }
  // A fence of corrugated sheet.
  add(hit, max((52.0 - p.z + 0.35 * sin(p.x * 2.4)) * 0.8, p.y - 26.0), GREY);
  float near = box(p - vec3(0, 7.2, 0), vec3(23.5, 7.4, 9.8), 0.0);
  if (near > 3.0) {
    add(hit, near + 0.6, PAINT);
    return hit;
  }
  hit = car(p, p, hit);
  addNose(hit, p, vec3(p.xy, abs(p.z)));
  addWheel(hit, p, FRONT_WHEEL, -1.0);
  addWheel(hit, p, REAR_WHEEL, -1.0);
  addWheel(hit, p, FRONT_WHEEL, 1.0);
  addWheel(hit, p, REAR_WHEEL, 1.0);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 0.34);
  if (of == GREY) return fence(p);
  if (of == WRECK) return wreckSurface(p, wreckCell(p));
  return carSurface(of, p, p, n, vec3(0.105, 0.118, 0.128));
}
