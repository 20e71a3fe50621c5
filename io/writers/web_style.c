#include "io/writers/web_style.h"
#include <stddef.h>

const char *const baro_web_style[] = {
    /* the page */
    "html{color-scheme:light}\n"
    "body{margin:0 auto;padding:0 1rem 3rem;max-width:60rem;background:#fff;color:#0b0c0c;"
    "font:1.0625rem/1.5 Arial,Helvetica,\"Liberation Sans\",\"DejaVu Sans\",sans-serif;overflow-wrap:break-word}\n"
    "h1,h2,h3,h4,h5{line-height:1.2;margin:1.6em 0 .5em;color:#0b0c0c}\n"
    "h1{font-size:2rem;margin-top:1rem}\n"
    "h2{font-size:1.6rem;border-top:3px solid #12436D;padding-top:.5rem;margin-top:3rem}\n"
    "h3{font-size:1.3rem;margin-top:2.4rem}\nh4{font-size:1.1rem}\nh5{font-size:1rem}\n"
    "p,ul,ol,dl{margin:.6em 0;max-width:46rem}\nli{margin:.3em 0}\n",
    /* links and where the keyboard is */
    "a{color:#12436D;text-decoration:underline;text-underline-offset:.15em}\na:visited{color:#4c2c92}\n"
    ":focus-visible{outline:3px solid #0b0c0c;outline-offset:2px;box-shadow:0 0 0 6px #ffdd00}\n"
    ".skip{position:absolute;left:-200rem;background:#fff;padding:.5rem 1rem}\n.skip:focus{left:1rem;top:.5rem}\n"
    ":target{scroll-margin-top:1rem;outline:3px solid #12436D;outline-offset:3px}\n",
    /* the head and the contents */
    "header{margin-top:1rem}\n.logo{max-height:5rem;max-width:100%}\n"
    ".lead{font-size:1.2rem}\n.quiet,.notes,footer{color:#505a5f;font-size:.9375rem}\n"
    "nav ul{columns:16rem;padding-left:1.2rem}\nnav li{break-inside:avoid}\n"
    ".findings li{margin:.7em 0}\n.headline{font-size:1.2rem;font-weight:bold}\n",
    /* charts */
    "figure{margin:1.5rem 0}\nfigcaption{font-weight:bold}\nfigcaption .subtitle{display:block;font-weight:normal}\n"
    ".chart{overflow-x:auto;margin:.5rem 0}\n.chart svg{display:block;width:100%;min-width:30rem;max-width:45rem;"
    "height:auto}\n",
    /* tables */
    ".table{overflow-x:auto;margin:.5rem 0}\ntable{border-collapse:collapse;font-size:.9375rem}\n"
    "caption{text-align:left;font-weight:bold;padding:.4rem 0}\ncaption .subtitle{display:block;font-weight:normal}\n"
    "th,td{padding:.35rem .8rem .35rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6}\n"
    "thead th{vertical-align:bottom;border-bottom:2px solid #0b0c0c}\ntbody th{font-weight:normal;min-width:7rem}\n"
    ".number{text-align:right;font-variant-numeric:tabular-nums}\ntbody .number{white-space:nowrap}\n"
    "details{margin:.5rem 0}\nsummary{cursor:pointer;color:#12436D;text-decoration:underline;padding:.3rem 0;"
    "min-height:1.5rem}\n"
    "code,.sum{font-family:\"Liberation Mono\",\"DejaVu Sans Mono\",monospace;font-size:.875rem;"
    "overflow-wrap:anywhere}\n",
    /* paper */
    "@media print{body{max-width:none;font-size:10.5pt;padding:0}nav,.skip{display:none}a{color:#0b0c0c}"
    "h2{break-before:page}h2.first{break-before:auto}figure,tr,li{break-inside:avoid}h2,h3,h4{break-after:avoid}"
    ".chart,.table{overflow:visible}.chart svg{min-width:0;max-width:16cm}"
    "details::details-content{content-visibility:visible;display:block}}\n",
    NULL};
