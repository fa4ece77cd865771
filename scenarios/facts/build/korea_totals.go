package build

import (
	"math"
	"strconv"
)

// krNation is the national total of one year of donations.
type krNation struct {
	year          int
	amount, count int64
	december      float64
	gifts         float64
	beyond        int64 // received outside the capital region, won
}

// nation reads the totals of 2023 (the revised row) and 2024 and the shares of gifts: sales of gifts over donations.
func (k *korea) nation() (out []krNation) {
	t := k.read("donations_national.csv")
	for r := range t.Rows {
		if y := int(t.Int(r, "year")); y < 2023 || y > 2024 || y == 2023 && t.Str(r, "status") != "revised (later releases)" {
			continue
		}
		n := krNation{year: int(t.Int(r, "year")), amount: t.Int(r, "amount_krw"), count: t.Int(r, "count"), december: t.Float(r, "december_share_pct") / 100}
		n.beyond = int64(float64(n.amount) * t.Float(r, "share_amount_to_noncapital_pct") / 100)
		if sales := t.Float(r, "return_gift_sales_krw"); sales > 0 {
			n.gifts = sales / float64(n.amount)
		}
		out = append(out, n)
	}
	if len(out) != 2 {
		k.fault("donations_national.csv: got %d years, want 2023 (revised) and 2024", len(out))
	}
	for i := range out {
		if out[i].year == 2023 && out[i].gifts == 0 {
			out[i].gifts = 151e8 / float64(out[i].amount) // facts.csv K29: gifts bought for 15.1bn won
		}
	}
	return out
}

func (k *korea) rowsNation(nation []krNation) (rows [][]string) {
	for _, n := range nation {
		rows = append(rows, []string{strconv.Itoa(n.year), krInt(n.amount), krInt(n.count), "", Num(n.december, 4), Num(n.gifts, 4), ""})
	}
	return rows
}

// Total fertility of the high and low variants in 2072 over the medium one: 1.34 to 1.08 as published (press, osnp.kr nws 1603, December 2023), 0.82 to 1.08
// from memory, unverified. The gap opens evenly over 26 years from the last year counted (2024 to 2050 in the standard; judgement).
const krHigh, krLow = 1.34 / 1.08, 0.82 / 1.08

// krTFR is the total fertility counted in a year (national vital statistics: projection_national.csv, asfr_national.csv).
var krTFR = map[int]float64{2015: 1.239, 2022: 0.778, 2023: 0.721, 2024: 0.748}

// krMedium are the years of the medium path: counted until the last year the start knows, then the official 2022-based medium variant. It was published in
// December 2023 from what was known of 2022, so that a start of 2023 has it whole; one of 2016 keeps what was counted in 2015.
func (k *korea) krMedium() (years []int, tfr []float64) {
	if k.start.year <= 2020 {
		return []int{k.start.year - 1}, []float64{krTFR[k.start.year-1]}
	}
	counted := k.counted()
	for y := krBase; y <= counted; y++ {
		years, tfr = append(years, y), append(tfr, krTFR[y])
	}
	official, values := k.officialTFR()
	for i, y := range official {
		if y > counted && y >= krBase {
			years, tfr = append(years, y), append(tfr, values[i])
		}
	}
	return years, tfr
}

// counted is the last year whose counts the start knows.
func (k *korea) counted() int { return max(k.start.year-1, k.start.towns) }

// officialTFR is the 2022-based medium variant in the years published.
func (k *korea) officialTFR() (years []int, tfr []float64) {
	t := k.read("tfr_assumptions_kostat.csv")
	for r := range t.Rows {
		name := t.Str(r, "year")
		if len(name) > 4 {
			name = name[:4] // 2049+: and after
		}
		y, err := strconv.Atoi(name)
		if err != nil || t.Str(r, "variant") != "medium" {
			k.fault("tfr_assumptions_kostat.csv: got %s %s", t.Str(r, "variant"), t.Str(r, "year"))
			continue
		}
		years, tfr = append(years, y), append(tfr, t.Float(r, "tfr"))
	}
	return years, tfr
}

// krBetween is a value between the years given, constant outside.
func krBetween(years []int, values []float64, year int) float64 {
	i := 0
	for i+1 < len(years) && years[i+1] <= year {
		i++
	}
	if i+1 == len(years) || year <= years[i] {
		return values[i]
	}
	w := float64(year-years[i]) / float64(years[i+1]-years[i])
	return (1-w)*values[i] + w*values[i+1]
}

func (k *korea) rowsFertilityLevel() (rows [][]string) {
	years, tfr := k.krMedium()
	for _, v := range []struct {
		name string
		end  float64
	}{{"low", krLow}, {"medium", 1}, {"high", krHigh}} {
		for y := min(krBase, k.start.year); y <= krLastYear; y++ {
			opening := math.Min(1, math.Max(0, float64(y-k.counted())/26))
			rows = append(rows, []string{v.name, strconv.Itoa(y), Num(krBetween(years, tfr, y)*(1+opening*(v.end-1)), 4)})
		}
	}
	return rows
}

// rowsVital are births and deaths counted by province and nation, and moves between provinces.
func (k *korea) rowsVital() (rows [][]string) {
	in, out := map[[2]int]float64{}, map[[2]int]float64{}
	t := k.read("migration_sido_od.csv")
	for r := range t.Rows {
		i := k.at(k.province, t.Str(r, "origin_code")+"000", t.File)
		j := k.at(k.province, t.Str(r, "dest_code")+"000", t.File)
		if y := int(t.Int(r, "year")); i != j {
			out[[2]int{i, y}] += t.Float(r, "movers")
			in[[2]int{j, y}] += t.Float(r, "movers")
		}
	}
	t = k.read("projection_national.csv")
	for r := range t.Rows {
		if y := t.Int(r, "year"); y >= krFirstVital && y <= krLastVital {
			rows = append(rows, []string{"", t.Str(r, "year"), t.Str(r, "births_observed"), t.Str(r, "deaths_observed"), "", ""})
		}
	}
	for j, p := range k.provinces {
		for y := krFirstVital; y <= krLastVital; y++ {
			rows = append(rows, []string{p.code, strconv.Itoa(y), krInt(p.births[y]), krInt(p.deaths[y]),
				krInt(int64(in[[2]int{j, y}])), krInt(int64(out[[2]int{j, y}]))})
		}
	}
	return rows
}

// rowsTotals are the published totals the tables are checked against.
func (k *korea) rowsTotals(nation []krNation) (rows [][]string) {
	add := func(table, key, value, source string) { rows = append(rows, []string{table, key, value, source}) }
	const registers = "MOIS registers, residents at the end of 2022, province rows"
	var all [2]int64
	// Gunwi-gun went from Gyeongbuk to Daegu on 1 July 2023: at the end of 2022 only their sum is the same in the codes of 2024.
	daegu, gyeongbuk := k.provinces[k.at(k.province, "27000", "regions.csv")], k.provinces[k.at(k.province, "47000", "regions.csv")]
	for sex, name := range []string{"M", "F"} {
		add("population", "27000+47000:"+name, krInt(daegu.published[sex]+gyeongbuk.published[sex]), registers)
	}
	for _, p := range k.provinces {
		if p.code != daegu.code && p.code != gyeongbuk.code {
			add("population", p.code+":M", krInt(p.published[0]), registers)
			add("population", p.code+":F", krInt(p.published[1]), registers)
		}
		all[0] += p.published[0]
		all[1] += p.published[1]
	}
	add("population", "nation:M", krInt(all[0]), registers)
	add("population", "nation:F", krInt(all[1]), registers)
	t := k.read("income_distribution.csv")
	for r := range t.Rows {
		if t.Int(r, "year") == 2024 && t.Str(r, "measure") == "wage filers" {
			add("taxpayers", "nation", t.Str(r, "value"), "NTS 2024; the table by place leaves out some 5,000 filers without a place")
		}
		if t.Int(r, "year") == 2024 && t.Str(r, "measure") == "mean wage" {
			add("mean_income", "nation", t.Str(r, "value"), "NTS 2024 mean wage, rounded to 10,000 won")
		}
		if t.Int(r, "year") == 2023 && t.Str(r, "measure") == "share" && t.Str(r, "category") != "zero determined income tax" {
			add("income_band", t.Str(r, "category"), Num(t.Float(r, "value")/100, 4), "NTS 2023")
		}
	}
	for _, n := range nation {
		add("donations", strconv.Itoa(n.year), krInt(n.amount), "MOIS")
		for _, p := range k.provinces {
			if total, ok := k.sidoTotals(n.year)[p.code]; ok && p.code != "50000" && p.code != "36000" {
				add("donations", strconv.Itoa(n.year)+":"+p.code, krInt(total), "MOIS and provinces, province and municipalities")
			}
		}
	}
	t = k.read("vital_sido.csv")
	var births, deaths int64
	for r := range t.Rows {
		if t.Int(r, "year") == krBase {
			births += t.Int(r, "births")
			deaths += t.Int(r, "deaths")
		}
	}
	add("births", strconv.Itoa(krBase), krInt(births), "KOSTAT vital statistics")
	add("deaths", strconv.Itoa(krBase), krInt(deaths), "KOSTAT vital statistics")
	for i, p := range k.provinces {
		add("moves_out", p.code, Num(Sum(k.od[i]), 0), "migration table 2022-2024, mean, less moves inside one town (derived)")
	}
	t = k.read("projection_national.csv")
	for r := range t.Rows {
		if y := t.Int(r, "year"); y == 2050 || y == 2052 {
			add("projection", t.Str(r, "year"), t.Str(r, "population"), "KOSTAT 2022-based medium variant")
		}
	}
	return rows
}
