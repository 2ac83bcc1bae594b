// A tired saloon, 4.4 m long, nose along the first coordinate. The scene that includes it says how it was hurt.

const float FRONT_WHEEL = 13.2, REAR_WHEEL = -13.0;

float most(float a, float b, float soft) {
  return -merge(-a, -b, soft);
}

float shoulder(float x) {
  float hood = 8.75 - 0.006 * (x - 8.0) * (x - 8.0) - 0.05 * (x - 8.0);
  return x > 8.0 ? hood : mix(9.0, 8.75, smoothstep(-20.0, 8.0, x)) + 0.35 * smoothstep(-14.0, -21.5, x);
}

float bodyShell(vec3 q) {
  float over = (q.y - shoulder(q.x)) * 0.97;
  float ends = max(abs(q.x) - 14.0, 0.0);
  float sides = q.z - 8.25 + 0.012 * (q.y - 6.2) * (q.y - 6.2) + 0.016 * ends * ends;
  float nose = q.x - 21.7 + 0.022 * q.z * q.z - 0.06 * (6.5 - q.y);
  float tail = -q.x - 21.6 + 0.015 * q.z * q.z + 0.05 * (q.y - 6.0);
  float shell = most(over, sides, 0.9);
  shell = most(shell, max(nose, tail), 0.9);
  return most(shell, 2.5 - q.y, 0.5);
}

/// Distances to the wind screen's and the rear window's plane.
vec2 panes(vec3 q) {
  return vec2((q.x - 9.6 + 0.02 * q.z * q.z) * 5.2 + (q.y - 8.6) * 7.6, -(q.x + 17.2) * 5.0 + (q.y - 8.8) * 5.9) / vec2(9.21, 7.73);
}

float cabinShell(vec3 q) {
  vec2 pane = panes(q);
  float roof = q.y - 14.1 + 0.005 * (q.x + 3.5) * (q.x + 3.5) + 0.006 * q.z * q.z;
  float sides = (q.z - 7.55 + (q.y - 9.0) * 0.27) * 0.965;
  float cabin = most(most(pane.x, pane.y, 0.3), roof, 0.7);
  return most(most(cabin, sides, 0.55), 8.0 - q.y, 0.1);
}

/// Less than nothing inside the glass of the side windows, as a distance on the side.
float sideGlass(vec3 q) {
  vec2 pane = panes(q);
  float area = max(max(pane.x, pane.y) + 0.75, max(9.35 - q.y, q.y - 13.05));
  return max(area, 0.22 - min(abs(q.x + 1.7), abs(q.x + 9.6 - 0.25 * (q.y - 9.0))));
}

void addWheel(inout Hit hit, vec3 p, float at, float side) {
  vec3 w = p - vec3(at, 2.95, 7.15 * side);
  w.z *= side;
  if (length(w) > 4.2) return;
  float tread = 0.05 * smoothstep(0.3, 0.5, abs(fract(w.z * 2.2) - 0.5)) * step(2.75, length(w.xy));
  float tyre = carve(rod(w, 2.95, 0.92, 0.35) + tread, rod(w - vec3(0, 0, 0.6), 1.95, 0.9, 0.1), 0.12);
  add(hit, max(tyre, -p.y + 0.02), RUBBER);
  float rim = carve(rod(w - vec3(0, 0, 0.1), 1.98, 0.75, 0.08), rod(w - vec3(0, 0, 0.95), 1.78, 0.45, 0.2), 0.1);
  rim = merge(rim, length(w - vec3(0, 0, -0.05)) - 0.95, 0.4);
  rim = carve(rim, rod(vec3(fan(w.xy, 9.0) - vec2(1.32, 0), w.z - 0.5), 0.26, 0.6, 0.0), 0.12);
  add(hit, rim, STEEL);
  add(hit, bolt(vec3(fan(w.xy, 4.0) - vec2(0.48, 0), w.z - 0.82), 0.13), RUST);
}

void addNose(inout Hit hit, vec3 p, vec3 q) {
  float bow = 0.022 * q.z * q.z;
  vec3 b = vec3(q.x + bow, q.yz);
  float bumper = box(b - vec3(21.9, 4.1, 0), vec3(0.85, 0.95, 7.9), 0.35);
  bumper = carve(bumper, box(b - vec3(22.75, 4.75, 0), vec3(0.25, 0.05, 7.4), 0.02), 0.05);
  bumper = carve(bumper, box(b - vec3(22.6, 3.35, 0), vec3(0.6, 0.26, 3.4), 0.05), 0.08);
  add(hit, bumper, PLASTIC);
  add(hit, box(b - vec3(21.4, 6.55, 0), vec3(0.35, 0.78, 3.3), 0.1), PLASTIC);
  add(hit, box(vec3(b.x - 21.75, row(q.y - 6.55, 0.36, 4.0), q.z), vec3(0.12, 0.05, 3.15), 0.03), CHROME);
  add(hit, max(box(b - vec3(21.72, 6.55, 0), vec3(0.1, 0.85, 3.4), 0.05), -box(b - vec3(21.7, 6.55, 0), vec3(1.0, 0.72, 3.25), 0.02)), CHROME);
  add(hit, box(b - vec3(21.5, 6.55, 5.15), vec3(0.32, 0.74, 1.6), 0.12), LAMP);
  add(hit, box(b - vec3(21.45, 6.5, 7.15), vec3(0.32, 0.7, 0.3), 0.12), ORANGE);
  add(hit, box(b - vec3(22.82, 4.2, 0), vec3(0.03, 0.72, 2.22), 0.02), LABEL);
}

void addTrim(inout Hit hit, vec3 q) {
  add(hit, box(q - vec3(0.0, 5.5, 8.2), vec3(9.4, 0.28, 0.16), 0.1), PLASTIC);
  add(hit, box(vec3(min(abs(q.x + 0.4), abs(q.x + 8.6)), q.y - 7.9, q.z - 8.2), vec3(0.75, 0.16, 0.16), 0.08), PLASTIC);
  add(hit, merge(box(q - vec3(6.0, 9.75, 8.7), vec3(0.55, 0.55, 0.75), 0.22), box(q - vec3(6.1, 9.3, 8.0), vec3(0.4, 0.2, 0.4), 0.1), 0.2), PLASTIC);
  add(hit, box(q - vec3(-0.2, 2.6, 7.6), vec3(9.5, 0.35, 0.35), 0.15), BLACK);
}

Hit car(vec3 p, vec3 hurt, Hit hit) {
  vec3 q = vec3(hurt.xy, abs(hurt.z));
  float body = bodyShell(q);
  float arch = max(min(length(q.xy - vec2(FRONT_WHEEL, 3.0)), length(q.xy - vec2(REAR_WHEEL, 3.0))) - 3.5, 4.6 - q.z);
  body = carve(body, arch, 0.12);
  float cabin = cabinShell(q);
  vec2 pane = panes(q);
  float sunk = 0.07 * smoothstep(0.05, -0.02, sideGlass(q)) * step(5.5, q.z);
  add(hit, (merge(body, cabin, 0.25) + sunk) * 0.85, PAINT);
  add(hit, box(q - vec3(0, 4.2, 0), vec3(20.0, 1.6, 6.6), 0.5), BLACK);
  float wiper = tube(vec3(q.xy, hurt.z), vec3(9.75, 8.75, -4.5), vec3(8.3, 9.9, 0.8), 0.09);
  add(hit, min(wiper, tube(vec3(q.xy, hurt.z), vec3(9.75, 8.8, 1.0), vec3(8.2, 10.0, 5.4), 0.09)), RUBBER);
  addTrim(hit, q);
  return hit;
}

/// How near a point is to a gap between panels, on the paint.
float seam(vec3 q, vec3 n) {
  float doors = min(min(abs(q.x - 8.1 + 0.25 * max(q.y - 9.0, 0.0)), abs(q.x + 1.7)), abs(q.x + 9.9 - max(4.6 - q.y, 0.0)));
  doors = max(doors, max(3.0 - q.y, q.y - 9.1));
  doors = min(doors, max(abs(q.y - 3.05), abs(q.x) - 9.0));
  float hood = min(max(abs(q.z - 7.25), 8.4 - q.x), max(abs(q.x - 8.4), q.z - 7.2));
  hood = min(hood, min(max(abs(q.z - 7.0), q.x + 17.4), max(abs(q.x + 17.5), q.z - 7.0)));
  return n.y > 0.6 ? hood : (q.z > 6.0 ? doors : 9.0);
}

Surface carSurface(int of, vec3 p, vec3 hurt, vec3 n, vec3 paint) {
  vec3 q = vec3(hurt.xy, abs(hurt.z));
  if (of == STEEL) return machined(p * 0.4);
  if (of == RUST) return rusted(p * 0.5);
  if (of == RUBBER) return rubber(p * 0.5, n);
  if (of == BLACK) return blackPaint(p * 0.3, n);
  if (of == CHROME) return Surface(vec3(0.5), 0.25, 0.8, 0.0, 1.0);
  if (of == ORANGE) return Surface(vec3(0.5, 0.16, 0.02), 0.15, 0.0, 0.0, 1.0);
  if (of == RED) return Surface(vec3(0.25, 0.012, 0.01), 0.15, 0.0, 0.0, 1.0);
  if (of == LAMP) return Surface(vec3(0.42, 0.42, 0.39) * (0.75 + 0.3 * sin(q.z * 14.0)), 0.12, 0.25, 0.0, 1.0);
  if (of == PLASTIC) return plastic(p * 0.6, n, vec3(0.028));
  if (of == LABEL) {
    vec3 ink = printAt(vec2(0.5 - hurt.z / 4.4, (q.y - 4.2) / 1.4 + 0.5));
    return Surface(mix(ink * 0.8, vec3(0.16, 0.14, 0.12), 0.35 * smoothstep(0.4, 0.7, fbm(p * 1.4))), 0.4, 0.0, 0.0, 1.0);
  }
  vec2 pane = panes(q);
  float front = max(max(abs(pane.x) - 0.16, q.z - 6.75 + (q.y - 9.0) * 0.27), max(9.0 - q.y, q.y - 13.35));
  float rear = max(max(abs(pane.y) - 0.16, q.z - 6.6 + (q.y - 9.0) * 0.27), max(9.5 - q.y, q.y - 13.3));
  float side = q.z > 5.4 && abs(n.z) > 0.5 ? sideGlass(q) : 1.0;
  float glass = min(min(front, rear), side);
  float dust = 0.25 + 0.5 * smoothstep(0.4, 0.7, fbm(p * 0.45 + 7.0));
  if (glass < -0.12) return Surface(mix(vec3(0.012, 0.014, 0.014), vec3(0.2, 0.185, 0.16), 0.3 * dust), 0.06 + 0.2 * dust, 0.0, 0.0, 1.0);
  if (glass < 0.06) return Surface(vec3(0.02), 0.6, 0.0, 0.0, 1.0);
  Surface s = carPaint(p, n, paint);
  float low = smoothstep(6.0, 2.6, p.y + 2.0 * fbm(p * 0.5));
  s.colour = mix(s.colour, vec3(0.16, 0.135, 0.1), 0.6 * low);
  float chip = smoothstep(0.71, 0.725, fbm(p * 0.8 + 21.0) + 0.05 * noise(p * 4.0) + 0.1 * low);
  s.colour = mix(s.colour, rusted(p * 0.7).colour, chip);
  s.colour *= smoothstep(0.03, 0.09, seam(q, n)) * 0.9 + 0.1;
  s.rough += 0.3 * max(chip, low);
  s.relief = 0.002 + 0.03 * chip;
  return s;
}

/// Wrecks further off, each only a body with a cabin.
float wreck(vec3 p) {
  float body = box(p - vec3(0, 5.8, 0), vec3(21.5, 3.2, 8.0), 1.6);
  float cabin = box(vec3(p.x + 3.0, p.y - 11.0, p.z), vec3(11.5 - 0.9 * (p.y - 8.5), 3.0, 7.2), 1.0) * 0.75;
  return merge(body, cabin, 0.6);
}

Surface wreckSurface(vec3 p, vec3 cell) {
  vec3 at = p - cell;
  float kind = fract(cell.x * 0.0371 + cell.y * 0.173 + cell.z * 0.013);
  vec3 paint = kind < 0.3 ? vec3(0.2, 0.2, 0.195) : kind < 0.55 ? vec3(0.1, 0.025, 0.022) : kind < 0.8 ? vec3(0.04, 0.07, 0.13) : vec3(0.06, 0.06, 0.065);
  Surface s = carPaint(p * 0.7, vec3(0, 1, 0), paint);
  s.colour = mix(s.colour, rusted(p * 0.3).colour, smoothstep(0.52, 0.62, fbm(p * 0.25)));
  float wheels = min(length(at.xy - vec2(13.0, 3.0)), length(at.xy - vec2(-13.0, 3.0)));
  if (at.y > 9.3 && at.y < 13.0 && abs(at.x + 3.0) < 9.5 || wheels < 3.2) s = Surface(vec3(0.012), 0.3, 0.0, 0.0, 1.0);
  return s;
}

/// Corrugated sheet, once blue, rust running down it.
Surface fence(vec3 p) {
  float streak = smoothstep(0.5, 0.7, fbm(vec3(p.x * 0.5, p.y * 0.05, 3.0)));
  vec3 colour = mix(vec3(0.12, 0.145, 0.17), vec3(0.15, 0.1, 0.07), streak);
  return Surface(colour * (0.8 + 0.3 * fbm(p * 0.3)), 0.8, 0.0, 0.0, 1.0);
}
