package output

import (
	"math"
	"strconv"
	"strings"
)

// missing stands for a value that does not exist, such as a ratio with denominator zero.
const missing = "-"

// Int is a whole number with thousands separators: 1,234,567.
func Int(v int64) string { return group(strconv.FormatInt(v, 10)) }

// Decimal is a number with thousands separators and a fixed number of decimals; -0.0 prints as 0.0, NaN and infinities as a dash.
func Decimal(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return missing
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return group(s)
}

// Shortest is the shortest decimal that reads back to the same number.
func Shortest(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// optional prints a nullable number.
func optional(v *float64, decimals int) string {
	if v == nil {
		return missing
	}
	return Decimal(*v, decimals)
}

// percent prints a nullable share as per cent without the sign.
func percent(v *float64, decimals int) string {
	if v == nil {
		return missing
	}
	return Decimal(*v*100, decimals)
}

// group puts thousands separators into the whole part of a decimal number.
func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, found := strings.Cut(s, ".")
	var b strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if found {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}

// moneyUnit is a unit that people say aloud, for headings.
type moneyUnit struct {
	size float64
	name string
}

// nationUnit is the unit of national sums: 억원, 億円, 10^8.
func nationUnit(country string) moneyUnit {
	return moneyUnit{size: 1e8, name: pick(country, "억원", "億円", "10^8")}
}

// placeUnit is the unit of one place's sums: a million won or yen.
func placeUnit(country string) moneyUnit {
	return moneyUnit{size: 1e6, name: pick(country, "백만원", "百万円", "million")}
}

// pick chooses by country; other is for a country this table does not know.
func pick(country, kr, jp, other string) string {
	switch country {
	case "kr":
		return kr
	case "jp":
		return jp
	default:
		return other
	}
}

// money prints an amount in the unit with one decimal.
func (u moneyUnit) money(v int64) string { return Decimal(float64(v)/u.size, 1) }
