// A four-cylinder engine, taken out, on two sleepers.
#define EYE vec3(5.4, 7.4, 6.6)
#define LOOK_AT vec3(0.1, 2.3, 0.2)

Hit scene(vec3 p) {
  Hit hit = Hit(p.y, FLOOR);
  add(hit, box(vec3(abs(p.x + 0.1) - 1.5, p.y - 0.3, p.z), vec3(0.42, 0.3, 2.1), 0.04), WOOD);
  vec3 q = p - vec3(0, 0.6, 0);
  float near = box(q - vec3(0.2, 2.6, 0.3), vec3(3.4, 2.9, 2.3), 0.0);
  if (near > 1.2) {
    add(hit, near + 0.4, RUST);
    return hit;
  }
  // Block with ribs and freeze plugs.
  float block = box(q - vec3(0, 1.75, 0), vec3(2.1, 1.15, 1.05), 0.1);
  block = merge(block, box(vec3(row(q.x, 1.02, 5.0), q.y - 1.75, q.z - 1.05), vec3(0.06, 1.05, 0.14), 0.04), 0.12);
  block = merge(block, box(q - vec3(0, 0.72, 0), vec3(2.15, 0.12, 1.2), 0.04), 0.08);
  block = merge(block, box(q - vec3(0.1, 2.1, 1.15), vec3(1.6, 0.06, 0.1), 0.03), 0.08);
  block = carve(block, rod(vec3(row(q.x, 1.02, 4.0), q.y - 1.55, q.z - 1.12), 0.26, 0.12, 0.02), 0.03);
  add(hit, block, ALUMINIUM);
  // Sump.
  float sump = box(q - vec3(0.0, 0.32, 0), vec3(2.0, 0.34, 0.95), 0.16);
  sump = merge(sump, box(q - vec3(-0.9, 0.1, 0), vec3(1.05, 0.5, 0.9), 0.2), 0.2);
  add(hit, sump, BLACK);
  add(hit, bolt(vec3(row(q.x, 0.55, 8.0), q.z - 1.12, q.y - 0.6).xyz, 0.075), STEEL);
  // Head, cam cover with ribs, ignition coils.
  float head = box(q - vec3(0, 3.3, 0), vec3(2.15, 0.42, 1.05), 0.06);
  head = merge(head, box(q - vec3(0, 3.0, 0), vec3(2.18, 0.05, 1.1), 0.02), 0.03);
  add(hit, head, ALUMINIUM);
  float cover = box(q - vec3(-0.05, 3.98, 0), vec3(2.05, 0.36, 0.86), 0.2);
  cover = merge(cover, box(vec3(row(q.x, 0.5, 8.0), q.y - 4.02, q.z), vec3(0.07, 0.36, 0.78), 0.05), 0.08);
  cover = carve(cover, box(q - vec3(0, 4.38, 0), vec3(1.95, 0.12, 0.24), 0.05), 0.05);
  add(hit, cover, PLASTIC);
  vec3 coil = vec3(row(q.x, 1.0, 4.0), q.y - 4.38, q.z);
  add(hit, merge(box(coil, vec3(0.28, 0.15, 0.16), 0.04), box(coil - vec3(0.0, 0.02, 0.26), vec3(0.12, 0.09, 0.14), 0.03), 0.04), BLACK);
  add(hit, bolt(vec3(coil.x - 0.2, coil.z + 0.14, coil.y - 0.16), 0.06), STEEL);
  add(hit, merge(rod(vec3(q.x - 1.55, q.z - 0.45, q.y - 4.42), 0.32, 0.12, 0.04), box(q - vec3(1.55, 4.56, 0.45), vec3(0.26, 0.06, 0.07), 0.03), 0.04), PLASTIC);
  add(hit, bolt(vec3(row(q.x, 0.85, 5.0), q.z - 0.9, q.y - 3.72), 0.07), STEEL);
  // Timing cover, pulleys, belt.
  vec3 f = q - vec3(2.25, 0, 0);
  float front = box(f - vec3(0, 2.1, 0), vec3(0.16, 1.75, 1.0), 0.1);
  front = merge(front, box(f - vec3(0.1, 3.1, 0), vec3(0.14, 0.6, 0.8), 0.1), 0.1);
  add(hit, front, ALUMINIUM);
  vec2 crank = f.zy - vec2(0, 1.1);
  vec2 water = f.zy - vec2(-0.15, 2.55);
  vec2 charge = f.zy - vec2(1.35, 2.35);
  float groove = 0.025 * sin(f.x * 60.0);
  add(hit, carve(rod(vec3(crank, f.x - 0.42), 0.68 + groove, 0.17, 0.02), rod(vec3(crank, f.x - 0.6), 0.5, 0.12, 0.03), 0.03), STEEL);
  add(hit, min(bolt(vec3(crank, f.x - 0.52), 0.19), rod(vec3(crank, f.x - 0.4), 0.24, 0.12, 0.02)), RUST);
  add(hit, carve(rod(vec3(water, f.x - 0.42), 0.46, 0.17, 0.03), rod(vec3(water, f.x - 0.6), 0.36, 0.12, 0.03), 0.03), BLACK);
  add(hit, bolt(vec3(fan(water, 4.0) - vec2(0.2, 0), f.x - 0.5), 0.06), STEEL);
  add(hit, rod(vec3(charge, f.x - 0.42), 0.3 + groove, 0.17, 0.02), STEEL);
  float alternator = rod(vec3(charge, f.x + 0.45), 0.62, 0.55, 0.14);
  alternator = carve(alternator, box(vec3(fan(charge, 14.0) - vec2(0.45, 0), f.x + 0.02), vec3(0.12, 0.05, 0.2), 0.02), 0.02);
  add(hit, merge(alternator, box(f - vec3(-0.45, 2.0, 0.95), vec3(0.16, 0.2, 0.5), 0.08), 0.1), ALUMINIUM);
  // The belt runs about all three; the inner loop cut from the outer leaves it.
  float a = max(tube(vec3(crank, 0), vec3(0), vec3(-0.15, 1.45, 0), 0.6), -9.0);
  float loop = min(min(a, tube(vec3(crank, 0), vec3(0.1, 0, 0), vec3(1.35, 1.25, 0), 0.5)), tube(vec3(water, 0), vec3(0, 0.1, 0), vec3(1.5, -0.1, 0), 0.4));
  add(hit, max(abs(loop) - 0.03, abs(f.x - 0.42) - 0.14) * 0.8, RUBBER);
  // Exhaust manifold.
  vec3 e = vec3(row(q.x, 1.02, 4.0), q.yz);
  float runner = tube(e, vec3(0, 3.25, 1.0), vec3(0, 3.2, 1.5), 0.24);
  runner = merge(runner, tube(q, vec3(1.53, 3.15, 1.55), vec3(0.2, 2.75, 1.75), 0.22), 0.2);
  runner = merge(runner, tube(q, vec3(-1.53, 3.15, 1.55), vec3(-0.2, 2.75, 1.75), 0.22), 0.2);
  runner = merge(runner, tube(q, vec3(0.51, 3.15, 1.55), vec3(0.1, 2.6, 1.8), 0.22), 0.2);
  runner = merge(runner, tube(q, vec3(-0.51, 3.15, 1.55), vec3(-0.1, 2.6, 1.8), 0.22), 0.2);
  runner = merge(runner, tube(q, vec3(0, 2.7, 1.78), vec3(-0.1, 1.75, 1.85), 0.33), 0.2);
  runner = merge(runner, rod(vec3(q.x + 0.1, q.z - 1.85, q.y - 1.7), 0.55, 0.09, 0.03), 0.05);
  runner = merge(runner, box(e - vec3(0, 3.25, 1.08), vec3(0.42, 0.3, 0.07), 0.04), 0.05);
  runner = carve(runner, rod(vec3(q.x + 0.1, q.z - 1.85, q.y - 1.6), 0.27, 0.3, 0.02), 0.02);
  add(hit, runner, RUST);
  add(hit, bolt(vec3(abs(e.x) - 0.33, e.y - 3.42, e.z - 1.18), 0.07), RUST);
  // Oil filter, cut hoses, harness.
  add(hit, rod(vec3(q.x + 1.35, q.y - 1.35, q.z - 1.5), 0.4 + 0.012 * sin(atan(q.y - 1.35, q.x + 1.35) * 24.0) * step(1.75, q.z), 0.45, 0.08), RED);
  float hoses = hose(q, vec3(-2.1, 3.3, 0.5), vec3(-3.1, 3.3, 1.0), vec3(-2.7, 2.2, 1.7), 0.2);
  hoses = carve(hoses, tube(q, vec3(-2.75, 2.3, 1.68), vec3(-2.6, 1.9, 1.9), 0.15), 0.02);
  hoses = min(hoses, hose(q, vec3(2.0, 3.4, -0.6), vec3(3.2, 4.3, -0.4), vec3(3.1, 3.0, 0.3), 0.17));
  add(hit, hoses, RUBBER);
  float wire = hose(q, vec3(-1.9, 4.5, 0.3), vec3(0, 4.75, 0.75), vec3(1.9, 4.4, 0.75), 0.07);
  wire = min(wire, hose(q, vec3(1.9, 4.4, 0.75), vec3(2.7, 4.2, 1.2), vec3(2.35, 2.9, 1.75), 0.06));
  wire = min(wire, hose(q, vec3(-1.2, 4.55, 0.45), vec3(-2.5, 4.2, 1.3), vec3(-2.0, 2.9, 1.5), 0.05));
  add(hit, wire, RUBBER);
  add(hit, hose(q, vec3(0.9, 0.9, 1.15), vec3(1.0, 2.0, 2.1), vec3(0.95, 4.1, 1.15), 0.045), BRASS);
  return hit;
}

Surface surface(int of, vec3 p, vec3 n) {
  if (of == FLOOR) return concrete(p);
  if (of == WOOD) return timber(p.zyx);
  if (of == ALUMINIUM) return castAluminium(p);
  if (of == RUST) return rusted(p);
  if (of == BLACK) return blackPaint(p, n);
  if (of == STEEL) return machined(p);
  if (of == RUBBER) return rubber(p, n);
  if (of == BRASS) return Surface(vec3(0.5, 0.36, 0.1), 0.5, 0.0, 0.01, 10.0);
  if (of == RED) return plastic(p, n, vec3(0.34, 0.33, 0.31));
  return plastic(p, n, vec3(0.03, 0.03, 0.032));
}
