// What was missing when it came: right front crushed, bumper, lamp and wheel gone.
#define EYE vec3(36.0, 14.0, 22.0)
#define LOOK_AT vec3(13.0, 5.0, 2.5)
#define LENS 1.42
#define ROLL -0.02
#define FAR 200.0
#define APERTURE 0.15
#define SUN normalize(vec3(0.45, 0.75, 0.6))
#define HAZE 0.0012
#define BACKDROP(d) mix(vec3(0.62, 0.65, 0.68), vec3(0.8, 0.84, 0.88), smoothstep(0.0, 0.5, d.y))
#define STRIDE 0.6
#define STEPS 180
#include "car.glsl"

const int FENCE = 31;

vec3 crushed(vec3 p) {
  float blow = smoothstep(11.0, 1.0, length((p - vec3(22.0, 6.5, 6.5)) * vec3(0.8, 1.0, 0.9)));
  vec3 q = p;
  q.x += blow * (2.6 + 1.3 * noise(p * 0.45));
  q.y += blow * (0.55 * sin(p.x * 0.9 + p.z * 0.5) - 0.25);
  q.z += blow * (0.7 + 0.5 * sin(p.x * 0.7 + p.y * 0.8));
  return q;
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  add(hit, max((p.z + 42.0 + 0.35 * sin(p.x * 2.4)) * 0.8, p.y - 23.0), FENCE);
  float near = box(p - vec3(0, 7.2, 0), vec3(23.5, 7.4, 9.8), 0.0);
  if (near > 3.0) {
    add(hit, near + 0.6, PAINT);
    return hit;
  }
  vec3 hurt = crushed(p);
  hit = car(p, hurt, hit);
  // What hangs out of the nose: crash beam, radiator, wires.
  vec3 q = vec3(hurt.xy, abs(hurt.z));
  add(hit, box(hurt - vec3(21.9 - 0.02 * hurt.z * hurt.z, 4.6, -0.4), vec3(0.35, 0.5, 6.4), 0.12) * 0.8, BLACK);
  add(hit, box(hurt - vec3(21.55, 6.3, -1.2), vec3(0.25, 1.1, 4.0), 0.08) * 0.8, GREY);
  add(hit, box(hurt - vec3(21.4, 6.55, -5.15), vec3(0.4, 0.74, 1.6), 0.12) * 0.8, LAMP);
  add(hit, box(hurt - vec3(20.9, 6.4, 5.3), vec3(0.7, 0.75, 1.4), 0.12) * 0.8, PLASTIC);
  float wires = min(hose(p, vec3(19.6, 6.3, 5.2), vec3(21.8, 5.0, 5.8), vec3(20.6, 3.4, 6.2), 0.1), hose(p, vec3(19.8, 6.6, 4.6), vec3(22.6, 6.0, 4.4), vec3(21.6, 3.6, 4.8), 0.1));
  add(hit, wires, RUBBER);
  vec3 hub = p - vec3(FRONT_WHEEL, 2.9, 6.6);
  float disc = merge(rod(hub, 1.5, 0.14, 0.03), rod(hub - vec3(0, 0, 0.4), 0.8, 0.35, 0.06), 0.05);
  add(hit, disc, RUST);
  add(hit, rod(vec3(fan(hub.xy, 4.0) - vec2(0.5, 0), hub.z - 0.9), 0.09, 0.3, 0.01), STEEL);
  add(hit, box(hub - vec3(-1.2, 0.7, 0), vec3(0.6, 0.8, 0.5), 0.2), RUST);
  add(hit, box(p - vec3(9.0, 1.1, 6.6), vec3(1.2, 1.1, 1.6), 0.06), WOOD);
  addWheel(hit, p, REAR_WHEEL, 1.0);
  addWheel(hit, p, FRONT_WHEEL, -1.0);
  // Broken pieces on the ground.
  vec3 shard = p - vec3(24.0, 0.25, 7.0);
  shard.xz = turn(0.6) * shard.xz;
  add(hit, box(shard, vec3(2.2, 0.2, 0.5), 0.1), PLASTIC);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p * 0.4 + 60.0);
  if (of == FENCE) return fence(p);
  if (of == WOOD) return timber(p * 0.5);
  if (of == GREY) return Surface(vec3(0.035) * (0.7 + 0.6 * noise(vec3(p.y * 40.0, p.z * 3.0, 1.0))), 0.6, 0.3, 0.01, 3.0);
  vec3 hurt = crushed(p);
  Surface s = carSurface(of, p, hurt, n, vec3(0.19, 0.18, 0.165));
  if (of == PAINT) {
    float blow = smoothstep(9.0, 2.0, length((p - vec3(22.0, 6.5, 6.5)) * vec3(0.8, 1.0, 0.9)));
    float bare = smoothstep(0.55, 0.6, fbm(p * 1.1) + 0.14 * blow - 0.06);
    s.colour = mix(s.colour, mix(vec3(0.11, 0.105, 0.1), rusted(p).colour * 1.4, smoothstep(0.5, 0.6, fbm(p * 0.9 + 3.0))), bare * blow);
  }
  return s;
}
