// A paper on a desk, seen from above by somebody in a hurry. Lengths in decimetres.
// leaf: half width, half depth, curl across, curl along, fold, gloss, corner, desk
// shot: eye x y z, look x z, lens, roll, where the light comes from (radians)
uniform float leaf[8];
uniform float shot[8];
#define EYE vec3(shot[0], shot[1], shot[2])
#define LOOK_AT vec3(shot[3], 0.0, shot[4])
#define LENS shot[5]
#define UP vec3(sin(shot[6]), 0.0, -cos(shot[6]))
#define SUN normalize(vec3(cos(shot[7]), 1.25, sin(shot[7])))
#define SUN_COLOUR vec3(1.15, 1.08, 0.98)
#define APERTURE 0.006
#define FOCUS 1.0
#define EXPOSURE 0.95
#define STRIDE 0.65

const int CLIP = 30;

float heightAt(vec2 at) {
  vec2 u = at / vec2(leaf[0], leaf[1]);
  float wave = 0.5 * noise(vec3(u * 1.3 + 4.0, seed)) + 0.25 * noise(vec3(u * 2.9, seed));
  float curl = leaf[2] * (0.5 * u.x * u.x + 0.35 * u.x * u.y) + leaf[3] * (0.5 * u.y * u.y - 0.2 * u.y);
  // A fold across the middle stands up a little; a booklet's spine lies down.
  float fold = leaf[4] > 0.0 ? leaf[4] * exp(-abs(u.y + 0.02) * 5.0) : -leaf[4] * (1.0 - exp(-abs(u.x) * 7.0));
  return 0.012 + max(0.0, curl) + fold + wave * 0.25 * (abs(leaf[2]) + abs(leaf[3]));
}

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  bool clipboard = leaf[7] > 2.5 && leaf[7] < 3.5;
  float base = clipboard ? 0.03 : 0.0;
  if (clipboard) {
    add(hit, box(p - vec3(0, 0.0, -0.1), vec3(leaf[0] + 0.16, 0.03, leaf[1] + 0.24), 0.02), WOOD);
    vec3 c = p - vec3(0, 0.08, -leaf[1] - 0.13);
    add(hit, box(c, vec3(0.62, 0.03, 0.16), 0.02), CLIP);
    add(hit, rod(vec3(c.y - 0.06, c.z + 0.1, c.x), 0.07, 0.5, 0.02), CLIP);
  }
  float up = p.y - base - heightAt(p.xz);
  float outline = box2(p.xz, vec2(leaf[0], leaf[1]) - leaf[6]) - leaf[6];
  add(hit, max(max(up, -up - 0.008), outline) * 0.8, LABEL);
  if (leaf[7] > 3.5) {
    // A ball pen beside it.
    vec3 pen = p - vec3(leaf[0] * 0.75, 0.05, leaf[1] + 0.16);
    pen.xz = turn(0.12) * pen.xz;
    add(hit, min(rod(pen.yzx, 0.045, 0.55, 0.02), cone((pen - vec3(-0.6, 0, 0)).yzx * vec3(1, 1, -1), 0.045, 0.01, 0.06)), PLASTIC);
  }
  return hit;
}

Surface desk(vec3 p) {
  int kind = int(leaf[7] + 0.5);
  float speck = noise(p * 70.0);
  if (kind == 0) {
    float grain = fbm(p * vec3(1.2, 1.0, 16.0) + 0.6 * fbm(p * 2.0));
    return Surface(mix(vec3(0.13, 0.075, 0.042), vec3(0.3, 0.19, 0.11), grain), 0.45, 0.0, 0.004, 30.0);
  }
  if (kind == 1) return Surface(vec3(0.24, 0.25, 0.255) * (0.85 + 0.3 * fbm(p * 1.5)) * (0.94 + 0.12 * speck), 0.5, 0.0, 0.006, 40.0);
  if (kind == 2) return Surface(vec3(0.035, 0.042, 0.05) * (0.8 + 0.5 * noise(p * 30.0)), 0.55, 0.0, 0.03, 45.0);
  if (kind == 3) return carPaint(p * 2.0, vec3(0, 1, 0), vec3(0.09, 0.1, 0.11));
  vec3 grey = vec3(0.2, 0.195, 0.19) * (0.75 + 0.5 * fbm(p * 14.0)) * (0.7 + 0.6 * noise(p * 55.0));
  grey = mix(grey, vec3(0.05), 0.7 * smoothstep(0.68, 0.76, noise(p * 42.0 + 9.0)));
  return Surface(grey, 0.32, 0.0, 0.0, 1.0);
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == WOOD) {
    vec3 board = mix(vec3(0.12, 0.06, 0.032), vec3(0.24, 0.135, 0.07), fbm(p * vec3(9.0, 9.0, 9.0)));
    return Surface(board * (0.8 + 0.4 * noise(p * 60.0)), 0.5, 0.0, 0.006, 30.0);
  }
  if (of == CLIP) return Surface(vec3(0.62), 0.28, 0.9, 0.002, 20.0);
  if (of == PLASTIC) return Surface(p.x > leaf[0] * 0.75 ? vec3(0.03, 0.06, 0.2) : vec3(0.5), 0.25, 0.0, 0.0, 1.0);
  if (of != LABEL) return desk(p);
  vec2 uv = vec2(p.x / leaf[0], -p.z / leaf[1]) * 0.5 + 0.5;
  vec3 ink = printAt(uv);
  float handled = 0.06 * smoothstep(0.5, 0.75, fbm(vec3(uv * 5.0, seed)));
  ink *= 0.97 - handled * vec3(0.8, 1.0, 1.3);
  // The window is on one side of the room.
  float aside = dot(p.xz, vec2(cos(shot[7]), sin(shot[7]))) / length(vec2(leaf[0], leaf[1]));
  ink *= 0.8 + 0.2 * aside;
  return Surface(ink, mix(0.95, 0.2, leaf[5]), 0.0, 0.0015 * (1.0 - leaf[5]), 60.0);
}
