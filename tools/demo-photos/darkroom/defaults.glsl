#ifndef SUN
#define SUN normalize(vec3(-0.62, 0.75, 0.48))
#endif
#ifndef SUN_COLOUR
#define SUN_COLOUR vec3(1.75, 1.62, 1.42)
#endif
#ifndef EXPOSURE
#define EXPOSURE 0.95
#endif
#ifndef LENS
#define LENS 1.35
#endif
#ifndef ROLL
#define ROLL 0.02
#endif
#ifndef UP
#define UP vec3(sin(ROLL), cos(ROLL), 0)
#endif
#ifndef APERTURE
#define APERTURE 0.05
#endif
#ifndef FOCUS
#define FOCUS 0.94
#endif
#ifndef FAR
#define FAR 60.0
#endif
#ifndef STEPS
#define STEPS 130
#endif
#ifndef STRIDE
#define STRIDE 0.9
#endif
#ifndef HAZE
#define HAZE 0.004
#endif
#ifndef BACKDROP
#define BACKDROP(d) yard(d)
#endif
