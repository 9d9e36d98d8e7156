#include "TapProductKernels.h"

#define CK_NAME(x) x##_portable
#define CK_TARGET
#define CK_LANES 4
#define CK_ROWS 4
#define CK_VECTORS 2
#include "TapProductTemplate.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define CK_NAME(x) x##_avx2
#define CK_TARGET __attribute__((target("arch=x86-64-v3")))
#define CK_LANES 8
#define CK_ROWS 4
#define CK_VECTORS 3
#include "TapProductTemplate.h"

#define CK_NAME(x) x##_avx512
#define CK_TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define CK_LANES 16
#define CK_ROWS 8
#define CK_VECTORS 3
#include "TapProductTemplate.h"
#endif

ck_level ck_level_supported(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("x86-64-v4")) return CK_AVX512;
    if (__builtin_cpu_supports("x86-64-v3")) return CK_AVX2;
#endif
    return CK_PORTABLE;
}

const ck_kernels *ck_kernels_for(ck_level level) {
    const ck_level best = ck_level_supported();
    const ck_level used = level < best ? level : best;
#if defined(__x86_64__)
    if (used == CK_AVX512) return &ck_kernels_avx512;
    if (used == CK_AVX2) return &ck_kernels_avx2;
#endif
    (void)used;
    return &ck_kernels_portable;
}
