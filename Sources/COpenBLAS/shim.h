#include <cblas.h>
#include <stddef.h>

// LAPACK's eigenvalues of a symmetric matrix (Fortran, column-major), which OpenBLAS holds and its header does not name.
// The last two arguments are the lengths that Fortran passes for the two texts.
void dsyevd_(const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda, double *w, double *work,
             const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info, size_t jobz_length,
             size_t uplo_length);

// LAPACK's Cholesky factors of a symmetric matrix, and solutions by them, in the same way.
void dpotrf_(const char *uplo, const blasint *n, double *a, const blasint *lda, blasint *info, size_t uplo_length);
void dpotrs_(const char *uplo, const blasint *n, const blasint *nrhs, const double *a, const blasint *lda, double *b,
             const blasint *ldb, blasint *info, size_t uplo_length);
