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
// are paired or noted elsewhere; what only judges or copies the results, and the digests of the facts, do not make numbers differ or are noted.
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
	for _, s := range without(a.Settings, b.Settings) {
		d := at(s.Key)
		d.A = joined(d.A, s.Value)
	}
	for _, s := range without(b.Settings, a.Settings) {
		d := at(s.Key)
		d.B = joined(d.B, s.Value)
	}
	return list
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
	settingWidth    = 60
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
