/// One function, compiled for several instruction levels and chosen when the program starts.
#ifndef CK_TARGET_H
#define CK_TARGET_H
#if defined(__x86_64__) && defined(__linux__)
#define CK_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CK_CLONES
#endif
#endif
