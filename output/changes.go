package output

import (
	"slices"
	"strconv"
	"strings"
)

// changedLine names what the command line changed, or "" when it changed nothing.
func changedLine(m Manifest) string {
	if len(m.Changed) == 0 {
		return ""
	}
	return "changed: " + strings.Join(m.Changed, "; ")
}

// heading is the name of one side of a comparison with what the command line changed in it.
func heading(m Manifest) string {
	if line := changedLine(m); line != "" {
		return m.Scenario + " (" + line + ")"
	}
	return m.Scenario
}

// SettingDifference is a setting that is not the same on both sides. A key written several times, such as event, has its values joined.
type SettingDifference struct {
	Key  string // with the years it holds, as in run.json
	A, B string // "" = the side does not have it
}

// settingDifferences lists the settings of a that b does not have in the same words, and the other way round, in the order of a, then b. Seed and years
// are paired or noted elsewhere; what only judges or copies the results, and the digests of the facts, do not make numbers differ or are noted. A dated setting is
// compared year by year, over the years both sides have, and shown by the periods in which it differs.
func settingDifferences(a, b Manifest) []SettingDifference {
	var list []SettingDifference
	at := func(key string) *SettingDifference {
		i := slices.IndexFunc(list, func(d SettingDifference) bool { return d.Key == key })
		if i < 0 {
			list = append(list, SettingDifference{Key: key})
			i = len(list) - 1
		}
		return &list[i]
	}
	dated := map[string]bool{}
	for k, side := range [2][]Setting{without(a.Settings, b.Settings), without(b.Settings, a.Settings)} {
		for _, s := range side {
			switch name, _, _, ok := period(s.Key); {
			case ok && dated[name]:
			case ok:
				dated[name] = true
				list = append(list, datedDifferences(name, a.Settings, b.Settings)...)
			case k == 0:
				d := at(s.Key)
				d.A = joined(d.A, s.Value)
			default:
				d := at(s.Key)
				d.B = joined(d.B, s.Value)
			}
		}
	}
	return list
}

// period splits a key such as "law.cap 2025-2050" into its name and its years.
func period(key string) (name string, from, to int, ok bool) {
	name, years, ok := strings.Cut(key, " ")
	if !ok {
		return key, 0, 0, false
	}
	first, last, span := strings.Cut(years, "-")
	if !span {
		last = first
	}
	from, err := strconv.Atoi(first)
	to, other := strconv.Atoi(last)
	return name, from, to, err == nil && other == nil
}

// datedDifferences are the periods in which a dated setting differs, in order, over the years for which both sides have it.
func datedDifferences(name string, a, b []Setting) (list []SettingDifference) {
	left, right := byYear(name, a), byYear(name, b)
	years := make([]int, 0, len(left))
	for y := range left {
		if _, ok := right[y]; ok && left[y] != right[y] {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	for i := 0; i < len(years); {
		j := i
		for j+1 < len(years) && years[j+1] == years[j]+1 && left[years[j+1]] == left[years[i]] && right[years[j+1]] == right[years[i]] {
			j++
		}
		key := name + " " + strconv.Itoa(years[i])
		if j > i {
			key += "-" + strconv.Itoa(years[j])
		}
		list = append(list, SettingDifference{Key: key, A: left[years[i]], B: right[years[i]]})
		i = j + 1
	}
	return list
}

// byYear is the value of a dated setting in each of its years.
func byYear(name string, settings []Setting) map[int]string {
	values := map[int]string{}
	for _, s := range settings {
		if n, from, to, ok := period(s.Key); ok && n == name {
			for y := from; y <= to; y++ {
				values[y] = s.Value
			}
		}
	}
	return values
}

// without are the settings of a, but for those that others has with the same value.
func without(a, others []Setting) []Setting {
	type pair struct{ key, value string }
	known := make(map[pair]bool, len(others))
	for _, s := range others {
		known[pair{s.Key, s.Value}] = true
	}
	var list []Setting
	for _, s := range a {
		room, _, _ := strings.Cut(s.Key, ".")
		switch {
		case s.Key == "run.seed", s.Key == "run.years", room == "expect", room == "outputs", room == "facts":
		case !known[pair{s.Key, s.Value}]:
			list = append(list, s)
		}
	}
	return list
}

func joined(before, value string) string {
	if before == "" {
		return value
	}
	return before + "; " + value
}

// compareSettings is the number of differing settings shown, and settingWidth the number of characters of one.
const (
	compareSettings = 12
	settingWidth    = 100
)

// settingTable shows the first differing settings; more is the number left out.
func (c *Comparison) settingTable() (t *Table, more int) {
	t = NewTable(Left("setting"), Left("A"), Left("B"))
	shown := c.Settings[:min(compareSettings, len(c.Settings))]
	for _, d := range shown {
		t.Add(d.Key, clipped(d.A), clipped(d.B))
	}
	return t, len(c.Settings) - len(shown)
}

// clipped is a value short enough for a column; a dash for none.
func clipped(value string) string {
	switch letters := []rune(value); {
	case value == "":
		return missing
	case len(letters) > settingWidth:
		return string(letters[:settingWidth-3]) + "..."
	default:
		return value
	}
}

// Scale is a share of residents that are agents for people to read: four digits that count, 0.0303.
func Scale(share float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(share, 'g', 4, 64), 64) // what FormatFloat writes can be read
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
