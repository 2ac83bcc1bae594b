// Finds what the lens sees and how it is lit: one sun from the side, an overcast sky, the floor's own light from below.

vec3 sky(vec3 d) {
  vec3 high = mix(vec3(0.62, 0.66, 0.7), vec3(0.86, 0.9, 0.95), smoothstep(0.0, 0.7, d.y));
  vec3 low = vec3(0.2, 0.19, 0.175);
  // A line of sheds and stacked wrecks stands about the yard; bare metal shows it.
  float sheds = 0.12 + 0.16 * noise(vec3(d.x * 5.0, 3.0, d.z * 5.0)) + 0.08 * noise(vec3(d.x * 17.0, 1.0, d.z * 17.0));
  vec3 yard = mix(vec3(0.12, 0.125, 0.13), vec3(0.3, 0.28, 0.26), noise(d * 11.0));
  vec3 seen = mix(yard, high, smoothstep(sheds - 0.02, sheds + 0.03, d.y));
  return mix(low, seen, smoothstep(-0.08, 0.02, d.y)) + SUN_COLOUR * 0.5 * smoothstep(0.86, 1.0, dot(d, SUN));
}

vec3 blurredSky(vec3 d, float rough) {
  vec3 mean = mix(vec3(0.2, 0.19, 0.175), vec3(0.66, 0.69, 0.73), smoothstep(-0.5, 0.7, d.y));
  mean += SUN_COLOUR * 0.28 * smoothstep(0.2, 1.0, dot(d, SUN));
  return mix(sky(d), mean, smoothstep(0.05, 0.5, rough));
}

/// The far side of the yard, out of focus: a fence of corrugated sheet under the sky.
vec3 yard(vec3 d) {
  float round_ = atan(d.x, d.z);
  float streak = smoothstep(0.45, 0.75, noise(vec3(round_ * 16.0, 2.0, 1.0)));
  vec3 fence_ = mix(vec3(0.15, 0.17, 0.19), vec3(0.16, 0.12, 0.09), streak) * (0.9 + 0.2 * noise(vec3(round_ * 60.0, 1.0, 1.0)));
  vec3 seen = mix(fence_, vec3(0.72, 0.76, 0.8), smoothstep(0.17, 0.2, d.y));
  return mix(vec3(0.17, 0.16, 0.145), seen, smoothstep(-0.015, 0.012, d.y));
}

float travel(vec3 from, vec3 d, float most, int steps) {
  float t = 0.02;
  for (int i = 0; i < steps; i++) {
    float far = scene(from + d * t).far;
    if (far < 0.0006 * t + 0.0004) return t;
    t += far * STRIDE;
    if (t > most) break;
  }
  return -1.0;
}

vec3 normalAt(vec3 p, float t) {
  vec2 e = vec2(1, -1) * (0.0008 + 0.0004 * t);
  return normalize(e.xyy * scene(p + e.xyy).far + e.yyx * scene(p + e.yyx).far + e.yxy * scene(p + e.yxy).far +
                   e.xxx * scene(p + e.xxx).far);
}

float sunOn(vec3 p, vec3 toSun) {
  float open = 1.0;
  float t = 0.03;
  for (int i = 0; i < 30; i++) {
    float far = scene(p + toSun * t).far;
    open = min(open, 0.5 + 0.5 * far / (0.05 * t));
    if (open < 0.0) return 0.0;
    t += clamp(far, 0.03, 1.4);
    if (t > 26.0) break;
  }
  open = max(open, 0.0);
  return open * open * (3.0 - 2.0 * open);
}

float openness(vec3 p, vec3 n) {
  float shut = 0.0;
  float weight = 1.0;
  for (int i = 0; i < 5; i++) {
    float reach = 0.03 + 0.3 * float(i * i) * 0.22;
    shut += weight * max(reach - scene(p + n * reach).far, 0.0) / reach * 0.42;
    weight *= 0.72;
  }
  return clamp(1.0 - shut, 0.0, 1.0);
}

vec3 roughened(vec3 p, vec3 n, Surface s) {
  if (s.relief < 0.0001) return n;
  vec3 q = p * s.fine;
  float here = noise(q) + 0.5 * noise(q * 2.7);
  vec3 slope = vec3(noise(q + vec3(0.1, 0, 0)) + 0.5 * noise((q + vec3(0.1, 0, 0)) * 2.7),
                    noise(q + vec3(0, 0.1, 0)) + 0.5 * noise((q + vec3(0, 0.1, 0)) * 2.7),
                    noise(q + vec3(0, 0, 0.1)) + 0.5 * noise((q + vec3(0, 0, 0.1)) * 2.7)) - here;
  slope *= 10.0 * s.relief * 3.0;
  return normalize(n - (slope - dot(slope, n) * n));
}

float shine(vec3 n, vec3 v, vec3 l, float rough) {
  vec3 h = normalize(v + l);
  float a = max(rough * rough, 0.003);
  float nh = max(dot(n, h), 0.0);
  float d = nh * nh * (a * a - 1.0) + 1.0;
  float nv = max(dot(n, v), 0.0);
  float nl = max(dot(n, l), 0.0);
  float k = (rough + 1.0) * (rough + 1.0) / 8.0;
  return min(a * a / (PI * d * d) / (4.0 * (nv * (1.0 - k) + k) * (nl * (1.0 - k) + k)) * nl, 12.0);
}

vec3 lit(vec3 p, vec3 d, float t, vec3 toSun) {
  Hit hit = scene(p);
  vec3 smooth_ = normalAt(p, t);
  Surface s = surface(hit.of, p, smooth_);
  vec3 n = roughened(p, smooth_, s);
  float open = openness(p, smooth_);
  float sun = dot(smooth_, toSun) > 0.0 ? sunOn(p + smooth_ * 0.01, toSun) : 0.0;
  // Dirt gathers where the brush never came.
  if (hit.of != LABEL) s.colour *= 0.45 + 0.55 * smoothstep(0.15, 0.85, open);
  vec3 amb = mix(vec3(0.1, 0.09, 0.08), vec3(0.4, 0.43, 0.48), 0.5 + 0.5 * n.y) * open;
  vec3 diffuse = s.colour * (1.0 - s.metal) * (SUN_COLOUR * sun * max(dot(n, toSun), 0.0) + amb);
  vec3 base = mix(vec3(0.04), s.colour, s.metal);
  float edge = pow(1.0 - max(dot(n, -d), 0.0), 5.0);
  vec3 mirror = base + (max(vec3(1.0 - s.rough), base) - base) * edge;
  vec3 away = reflect(d, n);
  vec3 seen = blurredSky(away, s.rough);
  if (s.rough < 0.4 && travel(p + smooth_ * 0.03, away, 9.0, 28) > 0.0) seen = vec3(0.13, 0.125, 0.12);
  vec3 glint = mirror * seen * mix(open, 1.0, 0.15) + base * SUN_COLOUR * 1.6 * sun * shine(n, -d, toSun, s.rough);
  return diffuse + glint;
}

vec3 filmed(vec3 light) {
  light *= EXPOSURE;
  vec3 toned = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14);
  return pow(clamp(toned, 0.0, 1.0), vec3(1.0 / 2.2));
}

void main() {
  vec3 sum = vec3(0);
  vec3 ahead = normalize(LOOK_AT - EYE);
  vec3 right = normalize(cross(ahead, UP));
  vec3 up = cross(right, ahead);
  float focus = length(LOOK_AT - EYE) * FOCUS;
  for (int i = 0; i < samples; i++) {
    float a = hash(vec3(gl_FragCoord.xy * 0.37, float(i) * 3.1));
    float b = hash(vec3(gl_FragCoord.yx * 0.41, float(i) * 5.7 + 2.0));
    vec2 grid = samples > 1 ? vec2(mod(float(i), 2.0), mod(floor(float(i) * 0.5), 2.0)) * 0.5 + 0.5 * vec2(a, b) - 0.5 : vec2(0);
    vec2 at = (gl_FragCoord.xy + grid - size * 0.5) / size.y;
    vec3 d = normalize(ahead * LENS + right * at.x + up * at.y);
    vec2 iris = samples > 1 ? APERTURE * sqrt(a) * vec2(cos(2.0 * PI * b), sin(2.0 * PI * b)) : vec2(0);
    vec3 sharp = EYE + d * focus / dot(d, ahead);
    vec3 from = EYE + right * iris.x + up * iris.y;
    d = normalize(sharp - from);
    vec3 toSun = normalize(SUN + 0.06 * (vec3(a, b, fract(a * 7.0 + b)) - 0.5));
    float t = travel(from, d, FAR, STEPS);
    vec3 light = t < 0.0 ? BACKDROP(d) : lit(from + d * t, d, t, toSun);
    if (t > 0.0) light = mix(light, vec3(0.55, 0.57, 0.6), 1.0 - exp(-max(t - 40.0, 0.0) * HAZE));
    sum += min(light, vec3(4.0));
  }
  colour = vec4(filmed(sum / float(samples)), 1.0);
}
