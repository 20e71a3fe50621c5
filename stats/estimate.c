#include "stats/estimate.h"
#include <math.h>

double baro_weighted_variance(const baro_moments *moments, double sum_wyy, double m)
{
    if (!(moments->n > 1) || !(moments->sum_w > 0))
        return NAN;
    double spread = sum_wyy / moments->sum_w - m * m;
    return (spread > 0 ? spread : 0) * moments->n / (moments->n - 1);
}

double baro_deff(double variance, double s2, const baro_moments *moments, bool population)
{
    double n = moments->n, of_srs = s2 / n;
    if (population)
        of_srs *= (moments->sum_w - n) / moments->sum_w;
    return of_srs > 0 ? variance / of_srs : NAN;
}

double baro_kish_size(const baro_moments *moments)
{
    return moments->sum_w2 > 0 ? moments->sum_w * moments->sum_w / moments->sum_w2 : NAN;
}
