package build

import (
	"fmt"
	"math"
	"strconv"
)

// rowsObserved is what was counted at the ends of years: all registered by province and nation from 2015, residents with a known address by town, province
// and nation from 2022. In the codes of 2024: Gunwi-gun's registered of 2015 to 2022 stand in Daegu, taken out of Gyeongbuk: the published
// numbers, and at the end of 2022 its residents scaled to all registered as in its province.
func (k *korea) rowsObserved() (rows [][]string) {
	add := func(series, code string, year int, n int64) {
		rows = append(rows, []string{series, code, fmt.Sprintf("%d-12-31", year), krInt(n)})
	}
	for y := krPast; y <= krLastVital; y++ {
		var nation int64
		var gunwi int64
		if y <= krFirst {
			gunwi = k.gunwi(y)
		}
		for _, p := range k.provinces {
			n := p.registered[y][0] + p.registered[y][1]
			nation += n
			switch p.code {
			case krGyeongbuk:
				n -= gunwi
			case krDaegu:
				n += gunwi
			}
			add("registered", p.code, y, n)
		}
		add("registered", "", y, nation)
	}
	for y := krFirst; y <= krLastVital; y++ {
		var nation int64
		provinces := make([]int64, len(k.provinces))
		for _, t := range k.towns {
			n := int64(krSum(t.five[y-krFirst]))
			provinces[t.province] += n
			nation += n
			add("residents", t.code, y, n)
		}
		for j, p := range k.provinces {
			add("residents", p.code, y, provinces[j])
		}
		add("residents", "", y, nation)
	}
	return rows
}

// gunwi is Gunwi-gun's registered at the end of a year until 2022.
func (k *korea) gunwi(year int) int64 {
	ages := k.pastTowns(year)
	return int64(math.Round(ages[k.town[krGunwi]].sum()))
}

// rowsProjectionPast is the official 2022-based projection as published: the nation and the provinces on 1 July, the estimate of 2022 first.
func (k *korea) rowsProjectionPast() (rows [][]string) {
	add := func(code string, year int64, population string) {
		rows = append(rows, []string{"KOSTAT 2022-based medium", code, strconv.FormatInt(year, 10) + "-07-01", population})
	}
	t := k.read("projection_national.csv")
	for r := range t.Rows {
		if y := t.Int(r, "year"); y >= 2022 && y <= 2052 {
			add("", y, t.Str(r, "population"))
		}
	}
	t = k.read("projection_sido.csv")
	for r := range t.Rows {
		if y := t.Int(r, "year"); y >= 2022 && y <= 2052 {
			add(t.Str(r, "code"), y, t.Str(r, "population"))
		}
	}
	return rows
}
