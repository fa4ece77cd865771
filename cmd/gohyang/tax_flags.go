package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"gohyang/scenarios"
	"gohyang/sim/law"
)

// taxFlags are the flags that describe one donor.
type taxFlags struct {
	income     amountValue
	spouse     bool
	dependants agesValue
	donate     donationsValue
	disaster   zonesValue
	year       yearValue
	home       string
	oneStop    bool
	lang       langValue
	json       bool
	curve      bool
}

// add declares the flags.
func (f *taxFlags) add(flags *pflag.FlagSet) {
	flags.Var(&f.income, "income", "wage income of the year before any deduction, won or yen")
	flags.BoolVar(&f.spouse, "spouse", false, "has a spouse without income")
	flags.Var(&f.dependants, "dependants", "ages of the dependants at the end of the year: 17,20")
	flags.Var(&f.donate, "donate", "a donation, repeatable: an amount, with @ and code or name of a place, with : and a day, as in 100000@46770:2025-04-02")
	flags.Var(&f.disaster, "disaster", "a special disaster area and the day of its declaration, repeatable: 47170:2025-03-27 (Korea)")
	flags.Var(&f.year, "year", "year of income and donations (default: that of a donation's day)")
	flags.StringVar(&f.home, "home", "", "code or name of the municipality the donor lives in: who loses the tax, and where the donor may not give; a `place`")
	flags.BoolVar(&f.oneStop, "one-stop", false, "the donor files no return but one-stop notices (Japan)")
	flags.Var(&f.lang, "lang", "language of the page: en, ko or ja")
	flags.BoolVar(&f.json, "json", false, "print numbers for programs, whole won or yen")
	flags.BoolVar(&f.curve, "curve", false, "print the price of the next won or yen over the whole range of donations")
}

// parseMoney reads whole won or yen; thousands may be set off by commas or underscores.
func parseMoney(text string) (int64, error) {
	const most = 1_000_000_000_000
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "_", "").Replace(text), 10, 64)
	if err != nil || n < 0 || n > most || strings.HasPrefix(text, "+") {
		return 0, errors.New("want whole won or yen, from 0 to a trillion")
	}
	return n, nil
}

// parseDay reads a day of the calendar.
func parseDay(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 1900 || day.Year() > 2200 {
		return time.Time{}, fmt.Errorf("the day %q does not exist; want a day like 2025-04-02", text)
	}
	return day, nil
}

// amountValue is --income.
type amountValue struct {
	value int64
	typed bool
}

// Set parses what was typed.
func (v *amountValue) Set(text string) (err error) {
	v.value, err = parseMoney(text)
	v.typed = true
	return err
}

// String is the value as typed, empty when it was not.
func (v *amountValue) String() string {
	if !v.typed {
		return ""
	}
	return strconv.FormatInt(v.value, 10)
}

// Type is the placeholder in the help text.
func (v *amountValue) Type() string { return "AMOUNT" }

// oldest is the greatest age of a dependant.
const oldest = 120

// agesValue is --dependants.
type agesValue []int

// Set parses what was typed; nothing and none mean nobody.
func (v *agesValue) Set(text string) error {
	if text = strings.TrimSpace(text); text == "" || text == "none" {
		return nil
	}
	for _, word := range strings.Split(text, ",") {
		age, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || age < 0 || age > oldest {
			return fmt.Errorf("%q is no age; want ages from 0 to %d with commas between: 17,20", word, oldest)
		}
		*v = append(*v, age)
	}
	if len(*v) > 20 {
		return errors.New("want at most 20 dependants")
	}
	return nil
}

// String is the value as typed, empty when it was not.
func (v *agesValue) String() string {
	words := make([]string, len(*v))
	for i, age := range *v {
		words[i] = strconv.Itoa(age)
	}
	return strings.Join(words, ",")
}

// Type is the placeholder in the help text.
func (v *agesValue) Type() string { return "AGES" }

// typedDonation is one --donate; place and day may be missing.
type typedDonation struct {
	text   string
	amount int64
	place  string
	day    time.Time
}

// donationsValue is --donate.
type donationsValue []typedDonation

// Set parses one donation: AMOUNT[@PLACE][:DAY].
func (v *donationsValue) Set(text string) (err error) {
	d := typedDonation{text: text}
	rest, day, dated := cutLast(text, ":")
	if dated {
		if d.day, err = parseDay(day); err != nil {
			return err
		}
	}
	amount, place, at := strings.Cut(rest, "@")
	if d.amount, err = parseMoney(amount); err != nil {
		return fmt.Errorf("%q is no amount; %w, then @ and a place and : and a day if known, as in 100000@46770:2025-04-02", amount, err)
	}
	if d.place = strings.TrimSpace(place); at && d.place == "" {
		return errors.New("no place after @; want its code or name, as in 100000@46770")
	}
	*v = append(*v, d)
	return nil
}

// cutLast cuts a text at the last mark.
func cutLast(text, mark string) (before, after string, found bool) {
	i := strings.LastIndex(text, mark)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(mark):], true
}

// String is the value as typed, empty when it was not.
func (v *donationsValue) String() string {
	words := make([]string, len(*v))
	for i, d := range *v {
		words[i] = d.text
	}
	return strings.Join(words, " ")
}

// Type is the placeholder in the help text.
func (v *donationsValue) Type() string { return "AMOUNT[@PLACE][:DAY]" }

// typedZone is one --disaster.
type typedZone struct {
	text  string
	place string
	day   time.Time
}

// zonesValue is --disaster.
type zonesValue []typedZone

// Set parses one area: PLACE:DAY.
func (v *zonesValue) Set(text string) (err error) {
	z := typedZone{text: text}
	place, day, found := cutLast(text, ":")
	if z.place = strings.TrimSpace(place); !found || z.place == "" {
		return errors.New("want a place, : and the day of the declaration, as in 47170:2025-03-27")
	}
	if z.day, err = parseDay(day); err != nil {
		return err
	}
	*v = append(*v, z)
	return nil
}

// String is the value as typed, empty when it was not.
func (v *zonesValue) String() string {
	words := make([]string, len(*v))
	for i, z := range *v {
		words[i] = z.text
	}
	return strings.Join(words, " ")
}

// Type is the placeholder in the help text.
func (v *zonesValue) Type() string { return "PLACE:DAY" }

// yearValue is --year; which years the law covers depends on the country.
type yearValue int

// Set parses what was typed.
func (v *yearValue) Set(text string) error {
	year, err := strconv.Atoi(text)
	if err != nil || year < 1000 || year > 9999 {
		return errors.New("want a year like 2024")
	}
	*v = yearValue(year)
	return nil
}

// String is the value as typed, empty when it was not.
func (v *yearValue) String() string {
	if *v == 0 {
		return ""
	}
	return strconv.Itoa(int(*v))
}

// Type is the placeholder in the help text.
func (v *yearValue) Type() string { return "YEAR" }

// langValue is --lang.
type langValue string

// Set takes one of the three languages.
func (v *langValue) Set(text string) error {
	if known := []string{"en", "ko", "ja"}; !slices.Contains(known, text) {
		hint := ""
		switch near := map[string]string{"kr": "ko", "jp": "ja", "us": "en", "uk": "en"}[text]; {
		case near != "":
			hint = "; did you mean " + near + "?"
		case scenarios.Nearest(text, known) != "":
			hint = "; did you mean " + scenarios.Nearest(text, known) + "?"
		}
		return errors.New("want en, ko or ja" + hint)
	}
	*v = langValue(text)
	return nil
}

// String is the language in use.
func (v *langValue) String() string {
	if *v == "" {
		return "en"
	}
	return string(*v)
}

// Type is the placeholder in the help text.
func (v *langValue) Type() string { return "LANG" }

// countryOf is the country named after the verb.
func countryOf(text string) (law.Country, error) {
	switch c := law.Country(text); c {
	case law.Korea, law.Japan:
		return c, nil
	}
	hint := ""
	switch near := map[string]law.Country{"ko": law.Korea, "korea": law.Korea, "ja": law.Japan, "japan": law.Japan}[strings.ToLower(text)]; {
	case near != "":
		hint = "; did you mean " + string(near) + "?"
	case scenarios.Nearest(text, []string{"kr", "jp"}) != "":
		hint = "; did you mean " + scenarios.Nearest(text, []string{"kr", "jp"}) + "?"
	}
	return "", usage("%s: no such country; want kr or jp%s", text, hint)
}
