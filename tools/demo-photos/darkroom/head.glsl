#version 300 es
precision highp float;
precision highp int;
uniform vec2 size;
uniform int samples;
uniform float seed;
uniform sampler2D print;
out vec4 colour;
