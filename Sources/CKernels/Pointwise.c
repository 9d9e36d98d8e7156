#include "CKernels.h"

#define CK_BINARY(name, operator)                                              \
    CK_CLONES                                                                  \
    void ck_##name(const float *a, const float *b, float *out, size_t n) {     \
        for (size_t i = 0; i < n; i++) out[i] = a[i] operator b[i];            \
    }                                                                          \
    CK_CLONES                                                                  \
    void ck_##name##_number(const float *a, float c, float *out, size_t n) {   \
        for (size_t i = 0; i < n; i++) out[i] = a[i] operator c;               \
    }

CK_BINARY(add, +)
CK_BINARY(subtract, -)
CK_BINARY(multiply, *)
CK_BINARY(divide, /)

CK_CLONES
void ck_subtract_from_number(float c, const float *b, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = c - b[i];
}

CK_CLONES
void ck_divide_number_by(float c, const float *b, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = c / b[i];
}

CK_CLONES
void ck_accumulate(const float *a, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] += a[i];
}

void ck_fill(float value, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = value;
}
