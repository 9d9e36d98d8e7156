/// One step of an optimiser over one stretch of a parameter.
#ifndef CK_OPTIMIZER_H
#define CK_OPTIMIZER_H
#include <stddef.h>

/// AdamW's factors at one step, bias corrections included.
typedef struct {
    /// 1 - learning rate · weight decay
    float keep;
    /// β₁ and β₂ subtracted from 1, and β₂
    float mean_share, square_share, square_keep;
    /// learning rate / (1 - β₁ᵗ)
    float step_size;
    /// √(1 - β₂ᵗ)
    float square_correction;
    /// Added to the denominator.
    float epsilon;
} ck_adamw_step;

/// Σ (new x - old x)² and Σ (old x)².
typedef struct {
    double change;
    double norm;
} ck_adamw_movement;

/// x = keep·x; mean += share·(g - mean); square = keep·square + share·g²; x -= step·mean / (√square / correction + ε).
ck_adamw_movement ck_adamw(
    float *x, const float *gradient, float *mean, float *square, ck_adamw_step step, size_t n);

/// x += share·(target - x)
void ck_approach(float *x, const float *target, float share, size_t n);

#endif
