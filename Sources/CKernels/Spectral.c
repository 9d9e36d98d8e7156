#include "CKernels.h"
#include "CKMath.h"

CK_CLONES
void ck_window_add(const float *x, const float *window, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] += x[i] * window[i];
}

CK_CLONES
void ck_add_scaled(float weight, const float *x, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] += weight * x[i];
}

CK_CLONES
void ck_modulus(const float *spectrum, float *out, size_t n) {
    int32_t beyond = 0;
    for (size_t i = 0; i < n; i++) {
        float re = spectrum[2 * i], im = spectrum[2 * i + 1];
        float square = re * re + im * im;
        out[i] = sqrtf(square);
        beyond |= !(square > 1e-30f && square < 1e37f) & (square != 0.0f || re != 0.0f || im != 0.0f);
    }
    if (!beyond) return;
    for (size_t i = 0; i < n; i++) {
        double re = spectrum[2 * i], im = spectrum[2 * i + 1];
        out[i] = (float)sqrt(re * re + im * im);
    }
}

CK_CLONES
void ck_modulus_gradient(const float *spectrum, const float *modulus, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float divisor = modulus[i] == 0.0f ? 1.0f : modulus[i];
        out[2 * i] = gradient[i] * (spectrum[2 * i] / divisor);
        out[2 * i + 1] = gradient[i] * (spectrum[2 * i + 1] / divisor);
    }
}

CK_CLONES
void ck_modulus_squared(const float *spectrum, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float re = spectrum[2 * i], im = spectrum[2 * i + 1];
        out[i] = re * re + im * im;
    }
}

CK_CLONES
void ck_modulus_squared_gradient(const float *spectrum, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = 2.0f * gradient[i] * spectrum[2 * i];
        out[2 * i + 1] = 2.0f * gradient[i] * spectrum[2 * i + 1];
    }
}

CK_CLONES
void ck_spectra_scatter(
    const float *spectra, size_t stride, float *out, ck_spectrum_steps steps, const float *scales, size_t bins,
    size_t frames
) {
    int along_bins = steps.bin < steps.frame;
    size_t outer = along_bins ? frames : bins, inner = along_bins ? bins : frames;
    for (size_t o = 0; o < outer; o++) {
        for (size_t i = 0; i < inner; i++) {
            size_t k = along_bins ? i : o, f = along_bins ? o : i;
            float *target = out + steps.bin * k + steps.frame * f;
            target[0] = scales[k] * spectra[stride * f + 2 * k];
            target[steps.part] = scales[k] * spectra[stride * f + 2 * k + 1];
        }
    }
}

CK_CLONES
void ck_spectra_gather(
    const float *x, ck_spectrum_steps steps, const float *scales, float *spectra, size_t stride, size_t bins,
    size_t frames
) {
    int along_bins = steps.bin < steps.frame;
    size_t outer = along_bins ? frames : bins, inner = along_bins ? bins : frames;
    for (size_t o = 0; o < outer; o++) {
        for (size_t i = 0; i < inner; i++) {
            size_t k = along_bins ? i : o, f = along_bins ? o : i;
            const float *source = x + steps.bin * k + steps.frame * f;
            spectra[stride * f + 2 * k] = scales[k] * source[0];
            spectra[stride * f + 2 * k + 1] = scales[k] * source[steps.part];
        }
    }
}

/// ck_bands_sum for a fixed number of frames, whose sums wait for each other less than those of one.
CK_INLINE void bands_sum(const ck_bands *bands, const float *x, size_t x_stride, float *out, const size_t frames) {
    for (size_t r = 0; r < bands->rows; r++) {
        const float *bins = x + bands->first[r];
        float sums[8] = {0};
        for (int32_t k = bands->offset[r]; k < bands->offset[r + 1]; k++, bins++) {
            for (size_t f = 0; f < frames; f++) sums[f] += bands->weights[k] * bins[f * x_stride];
        }
        for (size_t f = 0; f < frames; f++) out[f * bands->rows + r] = sums[f];
    }
}

CK_CLONES
void ck_bands_sum(const ck_bands *bands, const float *x, size_t x_stride, float *out, size_t frames) {
    size_t f = 0;
    for (; f + 8 <= frames; f += 8) bands_sum(bands, x + f * x_stride, x_stride, out + f * bands->rows, 8);
    for (; f + 2 <= frames; f += 2) bands_sum(bands, x + f * x_stride, x_stride, out + f * bands->rows, 2);
    for (; f < frames; f++) bands_sum(bands, x + f * x_stride, x_stride, out + f * bands->rows, 1);
}

CK_CLONES
void ck_bands_spread(const ck_bands *bands, const float *x, float *out, size_t out_stride, size_t frames) {
    memset(out, 0, frames * out_stride * sizeof *out);
    for (size_t f = 0; f < frames; f++, x += bands->rows, out += out_stride) {
        for (size_t r = 0; r < bands->rows; r++) {
            const float *weights = bands->weights + bands->offset[r];
            float *bins = out + bands->first[r];
            size_t width = (size_t)(bands->offset[r + 1] - bands->offset[r]);
            for (size_t k = 0; k < width; k++) bins[k] += weights[k] * x[r];
        }
    }
}

/// -1, 0 or 1; NaN stays NaN.
CK_INLINE float sign(float x) { return x > 0.0f ? 1.0f : (x < 0.0f ? -1.0f : x); }

/// ck_compare with or without gradients, a constant where it is called.
CK_INLINE double compare(
    const ck_comparison *c, const float *a, const float *b, float *a_gradient, float *b_gradient, size_t n,
    int with_gradients
) {
    // Sums may be split into lanes; nothing else is reordered.
    #pragma clang fp reassociate(on)
    const float inverse_ln10 = 0.43429448190325182765f;
    float floor = c->floor, level_weight = c->level_weight, log_weight = c->log_weight;
    int adds_floor = c->adds_floor, squares = c->squares;
    float levels = 0, logs = 0;
    for (size_t i = 0; i < n; i++) {
        float x = adds_floor ? a[i] + floor : (a[i] < floor ? floor : a[i]);
        float y = adds_floor ? b[i] + floor : (b[i] < floor ? floor : b[i]);
        float level = a[i] - b[i], log = ckm_log10(x) - ckm_log10(y);
        levels += fabsf(level);
        logs += squares ? log * log : fabsf(log);
        if (with_gradients) {
            float level_slope = level_weight * sign(level);
            float log_slope = log_weight * inverse_ln10 * (squares ? 2.0f * log : sign(log));
            a_gradient[i] = level_slope + (!adds_floor && a[i] < floor ? 0.0f : log_slope / x);
            b_gradient[i] = -level_slope - (!adds_floor && b[i] < floor ? 0.0f : log_slope / y);
        }
    }
    // A term without weight does not act, not even where it is infinite.
    return (level_weight != 0.0f ? (double)level_weight * levels : 0.0)
        + (log_weight != 0.0f ? (double)log_weight * logs : 0.0);
}

CK_CLONES
double ck_compare(
    const ck_comparison *c, const float *a, const float *b, float *a_gradient, float *b_gradient, size_t n
) {
    if (a_gradient && b_gradient) return compare(c, a, b, a_gradient, b_gradient, n, 1);
    return compare(c, a, b, NULL, NULL, n, 0);
}
