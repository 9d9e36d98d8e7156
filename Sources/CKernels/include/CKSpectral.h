/// Loops of the short-time Fourier transform. A spectrum is n pairs (real, imaginary).
#ifndef CK_SPECTRAL_H
#define CK_SPECTRAL_H
#include <stddef.h>
#include <stdint.h>

/// out += x · window
void ck_window_add(const float *x, const float *window, float *out, size_t n);

/// out += weight · x
void ck_add_scaled(float weight, const float *x, float *out, size_t n);

/// out = |X|, without overflow or underflow on the way.
void ck_modulus(const float *spectrum, float *out, size_t n);
/// out = gradient · X / |X|, which is 0 where |X| = 0; modulus is |X|. The result is again n pairs.
void ck_modulus_gradient(const float *spectrum, const float *modulus, const float *gradient, float *out, size_t n);
/// out = |X|²
void ck_modulus_squared(const float *spectrum, float *out, size_t n);
/// out = 2 · gradient · X
void ck_modulus_squared_gradient(const float *spectrum, const float *gradient, float *out, size_t n);

/// Where bin k, frame f of a spectrogram lies in memory: at bin·k + frame·f its real part, `part` later the imaginary one.
typedef struct {
    size_t bin;
    size_t frame;
    size_t part;
} ck_spectrum_steps;

/// Copies frames of spectra, `stride` floats apart, into a spectrogram, each bin times its scale.
void ck_spectra_scatter(
    const float *spectra, size_t stride, float *out, ck_spectrum_steps steps, const float *scales, size_t bins,
    size_t frames
);
/// The reverse of ck_spectra_scatter: reads the spectrogram, each bin times its scale.
void ck_spectra_gather(
    const float *x, ck_spectrum_steps steps, const float *scales, float *spectra, size_t stride, size_t bins,
    size_t frames
);

/// A sparse matrix of `rows` bands over bins: band r covers bins first[r] ... with weights[offset[r] ..< offset[r + 1]].
typedef struct {
    const float *weights;
    const int32_t *first;
    const int32_t *offset;
    size_t rows;
} ck_bands;

/// Every frame's bands: out[f][r] = Σ weights · x[f][bin], frames `x_stride` and `rows` apart.
void ck_bands_sum(const ck_bands *bands, const float *x, size_t x_stride, float *out, size_t frames);
/// The transpose of ck_bands_sum: out[f][bin] = Σ weights · x[f][r], over all `out_stride` bins of a frame.
void ck_bands_spread(const ck_bands *bands, const float *x, float *out, size_t out_stride, size_t frames);

/// How two spectra are compared, element by element: level_weight · |a - b| + log_weight · d(log10 a', log10 b'),
/// where a' = max(a, floor), or a + floor if `adds_floor`, and d is the absolute or, if `squares`, the squared difference.
typedef struct {
    float floor;
    float level_weight;
    float log_weight;
    int32_t adds_floor;
    int32_t squares;
} ck_comparison;

/// The sum over n elements. Leaves its derivatives by a and b in a_gradient and b_gradient unless one of these is null;
/// at ties they are 0, at the floor log10's own, below it 0.
double ck_compare(
    const ck_comparison *comparison, const float *a, const float *b, float *a_gradient, float *b_gradient, size_t n
);

#endif
