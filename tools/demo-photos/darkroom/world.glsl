// What every scene shares: chance, shapes, the materials of a scrap yard.
#define PI 3.14159265

float hash(vec3 p) {
  p = fract(p * 0.1031 + seed * 0.0137);
  p += dot(p, p.zyx + 31.32);
  return fract((p.x + p.y) * p.z);
}

float noise(vec3 p) {
  vec3 cell = floor(p);
  vec3 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  float near = mix(mix(hash(cell), hash(cell + vec3(1, 0, 0)), f.x),
                   mix(hash(cell + vec3(0, 1, 0)), hash(cell + vec3(1, 1, 0)), f.x), f.y);
  float far = mix(mix(hash(cell + vec3(0, 0, 1)), hash(cell + vec3(1, 0, 1)), f.x),
                  mix(hash(cell + vec3(0, 1, 1)), hash(cell + vec3(1, 1, 1)), f.x), f.y);
  return mix(near, far, f.z);
}

float fbm(vec3 p) {
  return 0.5 * noise(p) + 0.26 * noise(p * 2.03 + 7.1) + 0.15 * noise(p * 4.1 + 3.7) + 0.09 * noise(p * 8.3 + 1.3);
}

mat2 turn(float angle) {
  float c = cos(angle);
  float s = sin(angle);
  return mat2(c, -s, s, c);
}

float box(vec3 p, vec3 half_, float round_) {
  vec3 q = abs(p) - half_ + round_;
  return length(max(q, 0.0)) + min(max(q.x, max(q.y, q.z)), 0.0) - round_;
}

float box2(vec2 p, vec2 half_) {
  vec2 q = abs(p) - half_;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0);
}

/// A cylinder whose axis is the third coordinate; reorder the point for the others.
float rod(vec3 p, float radius, float half_, float round_) {
  vec2 q = vec2(length(p.xy) - radius, abs(p.z) - half_) + round_;
  return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - round_;
}

float cone(vec3 p, float low, float high, float half_) {
  float along = clamp((p.z + half_) / (2.0 * half_), 0.0, 1.0);
  vec2 q = vec2((length(p.xy) - mix(low, high, along)) * 0.92, abs(p.z) - half_);
  return min(max(q.x, q.y), 0.0) + length(max(q, 0.0));
}

float tube(vec3 p, vec3 a, vec3 b, float radius) {
  vec3 pa = p - a;
  vec3 ba = b - a;
  return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0)) - radius;
}

/// A hose through a, bent towards b, to c.
float hose(vec3 p, vec3 a, vec3 b, vec3 c, float radius) {
  float found = 1e9;
  vec3 from = a;
  for (int i = 1; i <= 7; i++) {
    float t = float(i) / 7.0;
    vec3 to = mix(mix(a, b, t), mix(b, c, t), t);
    found = min(found, tube(p, from, to, radius));
    from = to;
  }
  return found;
}

float ring(vec3 p, float radius, float thick) {
  return length(vec2(length(p.xy) - radius, p.z)) - thick;
}

float merge(float a, float b, float soft) {
  float h = max(soft - abs(a - b), 0.0) / soft;
  return min(a, b) - h * h * soft * 0.25;
}

float carve(float a, float b, float soft) {
  return -merge(-a, b, soft);
}

/// Folds a coordinate so that one shape stands `count` times, `gap` apart, about the origin.
float row(float x, float gap, float count) {
  float most = (count - 1.0) * 0.5;
  return x - gap * (clamp(floor(x / gap + most + 0.5), 0.0, count - 1.0) - most);
}

/// Folds a plane round its centre into one of `count` sectors, lying along the first coordinate.
vec2 fan(vec2 p, float count) {
  float step_ = 2.0 * PI / count;
  float angle = mod(atan(p.y, p.x) + step_ * 0.5, step_) - step_ * 0.5;
  return length(p) * vec2(cos(angle), sin(angle));
}

/// A hexagon-headed bolt; its axis is the third coordinate.
float bolt(vec3 p, float radius) {
  vec2 q = fan(p.xy, 6.0);
  float head = max(q.x - radius, abs(p.z) - radius * 0.6);
  return min(head, rod(p, radius * 1.35, radius * 0.15, 0.01));
}

struct Hit {
  float far;
  int of;
};

void add(inout Hit hit, float far, int of) {
  if (far < hit.far) {
    hit.far = far;
    hit.of = of;
  }
}

struct Surface {
  vec3 colour;
  float rough;
  float metal;
  /// Height of its relief against its detail's size, and how fine the relief is.
  float relief;
  float fine;
};

const int FLOOR = 0, ALUMINIUM = 1, RUST = 2, BLACK = 3, RUBBER = 4, PLASTIC = 5, STEEL = 6, ORANGE = 7, WOOD = 8,
          PAINT = 9, GLASS = 10, LABEL = 11, CHROME = 12, PAINT2 = 13, LAMP = 14, RED = 15, GREY = 16, BRASS = 17;

/// Old yard concrete: mottled, oil-stained, gritty, cracked in one place.
Surface concrete(vec3 p) {
  float mottle = fbm(p * 0.35);
  float grit = noise(p * 21.0);
  vec3 colour = mix(vec3(0.115, 0.108, 0.098), vec3(0.25, 0.236, 0.212), smoothstep(0.2, 0.75, mottle));
  colour *= 0.78 + 0.42 * fbm(p * 3.1);
  colour *= 0.82 + 0.36 * grit;
  float pebble = smoothstep(0.74, 0.8, noise(p * 6.3 + 3.0)) * smoothstep(0.4, 0.6, fbm(p * 0.6 + 12.0));
  colour = mix(colour, mix(vec3(0.09), vec3(0.34, 0.31, 0.27), noise(p * 3.0)), 0.8 * pebble);
  float oil = smoothstep(0.5, 0.66, fbm(p * vec3(0.24, 1, 0.3) + 4.2)) + 0.7 * smoothstep(0.6, 0.7, fbm(p * 0.8 + 9.0));
  oil = min(oil, 1.0);
  float crack = abs(p.x * 0.5 - p.z * 0.32 + 2.6 * fbm(p * 0.34) - 3.4);
  crack = 1.0 - smoothstep(0.004, 0.02 + 0.02 * grit, crack);
  colour *= 1.0 - 0.66 * oil;
  colour *= 1.0 - 0.7 * crack;
  colour = mix(colour, vec3(0.16, 0.085, 0.045), 0.5 * smoothstep(0.55, 0.75, fbm(p * 0.5 + 31.0)));
  return Surface(colour, mix(0.95, 0.46, oil), 0.0, 0.06 * (1.0 - 0.7 * oil) + 0.08 * pebble, 9.0);
}

/// Cast aluminium, years under a bonnet: dull, stained, oily where it lies low.
Surface castAluminium(vec3 p) {
  float grime = smoothstep(0.36, 0.7, fbm(p * 1.3 + 2.0));
  float oil = smoothstep(0.5, 0.66, fbm(p * vec3(1.1, 0.5, 1.1) + 11.0));
  vec3 colour = vec3(0.55, 0.55, 0.54) * (0.8 + 0.35 * fbm(p * 5.0));
  colour = mix(colour, vec3(0.2, 0.17, 0.13), 0.72 * grime);
  colour = mix(colour, vec3(0.045, 0.038, 0.03), 0.8 * oil);
  return Surface(colour, mix(0.5, 0.3, oil) + 0.1 * grime, 0.75 * (1.0 - 0.75 * max(grime, oil)), 0.02, 14.0);
}

/// Iron left outside: brown, blotched, black where it is still oily.
Surface rusted(vec3 p) {
  float age = fbm(p * 2.2);
  float spots = fbm(p * 9.0 + 3.0);
  vec3 colour = mix(vec3(0.066, 0.042, 0.032), vec3(0.19, 0.105, 0.062), smoothstep(0.25, 0.7, age));
  colour = mix(colour, vec3(0.29, 0.165, 0.09), smoothstep(0.55, 0.75, spots) * 0.75);
  colour = mix(colour, vec3(0.045, 0.041, 0.038), smoothstep(0.46, 0.66, fbm(p * 0.9 + 8.0)) * 0.8);
  return Surface(colour, 0.85, 0.05, 0.05, 12.0);
}

/// Black chassis paint with rust breaking through and dust lying on it.
Surface blackPaint(vec3 p, vec3 n) {
  float bare = smoothstep(0.52, 0.6, fbm(p * 1.7 + 5.0) + 0.12 * noise(p * 14.0));
  Surface under = rusted(p);
  vec3 colour = vec3(0.035, 0.035, 0.037) * (0.7 + 0.7 * fbm(p * 4.0));
  float dust = smoothstep(0.2, 0.9, n.y) * 0.5 + 0.12 * fbm(p * 3.0);
  colour = mix(colour, vec3(0.27, 0.24, 0.2), dust * smoothstep(0.3, 0.65, fbm(p * 2.0 + 1.0)));
  return Surface(mix(colour, under.colour, bare), mix(0.48, 0.85, bare), 0.0, mix(0.012, 0.05, bare), 12.0);
}

Surface machined(vec3 p) {
  float rust = smoothstep(0.54, 0.66, fbm(p * 2.4 + 6.0));
  vec3 colour = mix(vec3(0.5, 0.49, 0.47) * (0.85 + 0.3 * noise(p * 22.0)), rusted(p).colour, rust);
  return Surface(colour, mix(0.3, 0.8, rust), mix(0.9, 0.05, rust), mix(0.006, 0.04, rust), 13.0);
}

Surface rubber(vec3 p, vec3 n) {
  float dust = smoothstep(0.0, 0.9, n.y) * 0.4 + smoothstep(0.45, 0.7, fbm(p * 1.6)) * 0.3;
  return Surface(mix(vec3(0.022), vec3(0.2, 0.18, 0.155), dust), 0.7, 0.0, 0.015, 12.0);
}

Surface plastic(vec3 p, vec3 n, vec3 colour) {
  float dust = smoothstep(0.1, 1.0, n.y) * 0.45 * smoothstep(0.25, 0.6, fbm(p * 2.0)) + 0.2 * smoothstep(0.5, 0.7, fbm(p * 3.0 + 2.0));
  return Surface(mix(colour * (0.85 + 0.3 * fbm(p * 5.0)), vec3(0.25, 0.225, 0.19), dust), 0.45, 0.0, 0.008, 16.0);
}

Surface timber(vec3 p) {
  float grain = fbm(p * vec3(0.6, 9.0, 9.0));
  vec3 colour = mix(vec3(0.17, 0.115, 0.07), vec3(0.4, 0.3, 0.19), grain);
  return Surface(mix(colour, vec3(0.06, 0.05, 0.04), 0.7 * smoothstep(0.5, 0.7, fbm(p * 0.9 + 4.0))), 0.85, 0.0, 0.05, 7.0);
}

/// Car paint outdoors: dusty above, splashed below.
Surface carPaint(vec3 p, vec3 n, vec3 colour) {
  float dust = 0.08 + 0.25 * smoothstep(0.2, 1.0, n.y) * fbm(p * 0.7) + 0.25 * smoothstep(0.5, 0.72, fbm(p * 0.5 + 3.0));
  return Surface(mix(colour, vec3(0.36, 0.33, 0.28), dust * 0.6), 0.22 + 0.5 * dust, 0.0, 0.0015, 5.0);
}

/// What is printed, as light: the sheet holds sRGB.
vec3 printAt(vec2 uv) {
  return pow(texture(print, uv).rgb, vec3(2.2));
}
