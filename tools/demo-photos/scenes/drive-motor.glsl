// The traction motor, taken out, on a pallet.
#define EYE vec3(5.4, 5.8, 6.2)
#define LOOK_AT vec3(0.1, 2.25, 0.3)
#define LENS 1.2
#include "motor.glsl"

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  vec3 slat = vec3(p.x, p.y - 0.62, row(p.z, 1.05, 7.0));
  add(hit, box(slat, vec3(4.6, 0.09, 0.42), 0.02), WOOD);
  add(hit, box(vec3(row(p.x, 4.2, 3.0), p.y - 0.27, p.z), vec3(0.42, 0.27, 3.7), 0.02), WOOD);
  vec3 q = p - vec3(0, 2.5, 0);
  q.xz = turn(0.12) * q.xz;
  float near = box(q, vec3(3.1, 2.3, 3.0), 0.0);
  if (near > 0.8) {
    add(hit, near + 0.3, ALUMINIUM);
    return hit;
  }
  hit = motor(q, hit);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p + 25.0);
  if (of == WOOD) return timber(p.y > 0.53 ? p : p.zyx);
  vec3 q = p - vec3(0, 2.5, 0);
  q.xz = turn(0.12) * q.xz;
  vec2 at = (q.xz - vec2(-0.2, 0.25)) / vec2(1.5, 0.95);
  if (of == GREY && n.y > 0.7 && q.y > 2.1 && all(lessThan(abs(at), vec2(0.5))))
    return Surface(printAt(vec2(at.x + 0.5, 0.5 - at.y)) * 0.7, 0.5, 0.0, 0.0, 1.0);
  return motorSurface(of, p, n);
}
