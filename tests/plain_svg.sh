#!/usr/bin/env bash
# tests/plain_svg.sh FILE.svg: what is drawn where, one shape or text a line, places in whole pixels. What differs between
# releases of gnuplot (groups, definitions, attributes, the last decimals) is left out.
set -eu
tr '\n\t' '  ' <"$1" | sed -e 's/<defs>.*<\/defs>//' -e 's/</\n</g' | LC_ALL=C awk '
    function attribute(name,   at, rest) {
        at = index($0, " " name "=\"")
        if (!at) return ""
        rest = substr($0, at + length(name) + 3)
        return substr(rest, 1, index(rest, "\"") - 1)
    }
    function whole(text,   out, number) { # numbers as whole ones, halves up
        out = ""
        while (match(text, /-?[0-9]+(\.[0-9]+)?/)) {
            number = substr(text, RSTART, RLENGTH) + 1000000.5
            out = out substr(text, 1, RSTART - 1) (int(number) - 1000000)
            text = substr(text, RSTART + RLENGTH)
        }
        gsub(/ +/, " ", text)
        out = out text
        gsub(/ +/, " ", out)
        sub(/ $/, "", out)
        return out
    }
    /^<title|^<desc/ { sub(/^<[^>]*>/, ""); print "words", $0 }
    /^<g transform="translate/ { place = whole(attribute("transform")); anchor = attribute("text-anchor"); weight = attribute("font-weight") }
    /^<text|^<tspan/ {
        if (attribute("font-weight") != "") weight = attribute("font-weight")
        sub(/^<[^>]*>/, ""); sub(/^ +/, ""); sub(/ +$/, "")
        if ($0 != "") print "text", place, anchor, weight, $0
    }
    /^<polygon/ { print "fill", attribute("fill"), whole(attribute("points")) }
    /^<path/ { if (attribute("stroke") != "" && attribute("d") != "") print "line", attribute("stroke"), whole(attribute("d")) }
    /^<svg/ { print "page", attribute("width"), attribute("height") }'
