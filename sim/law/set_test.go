package law

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestSetRefuses(t *testing.T) {
	tiers := func(items ...map[string]any) []map[string]any { return items }
	for _, c := range []struct {
		key   string
		value any
		want  string
	}{
		{"cap", -1, "cap: got -1, want a whole number (money/year) from 0 to 1000000000000"}, // not a type TOML gives
		{"cap", int64(-1), "cap: got -1, want a whole number (money/year) from 0 to 1000000000000"},
		{"cap", 5e6, "cap: got 5000000, want a whole number (money/year) from 0 to 1000000000000"},
		{"cap", int64(math.MaxInt64), "cap: got 9223372036854775807, want a whole number (money/year) from 0 to 1000000000000"},
		{"cap", "5000000", `cap: got "5000000", want a whole number (money/year) from 0 to 1000000000000`},
		{"cap", nil, "cap: got nothing, want a whole number (money/year) from 0 to 1000000000000"},
		{"gift.limit", 1.5, "gift.limit: got 1.5, want a number (share of donation) from 0 to 1"},
		{"gift.limit", int64(30), "gift.limit: got 30, want a number (share of donation) from 0 to 1"},
		{"gift.limit", math.NaN(), "gift.limit: got NaN, want a number (share of donation) from 0 to 1"},
		{"gift.exclude", []any{"11110", int64(7)}, "gift.exclude[2]: got 7, want a text"},
		{"gift.exclude", "11110", `gift.exclude: got "11110", want a list of text`},
		{"residency.excluded", "city", `residency.excluded: got "city", want one of none, town, province`},
		{"platform.private", int64(1), "platform.private: got 1, want true or false"},
		{"disaster.months", int64(13), "disaster.months: got 13, want a whole number (months) from 0 to 12"},
		{"credit.tiers", 0.5, "credit.tiers: got 0.5, want a list of {upto, rate}"},
		{"credit.tiers", []any{0.5}, "credit.tiers[1]: got 0.5, want a table {upto, rate}"},
		{"credit.tiers", tiers(map[string]any{"upto": int64(0), "rate": 2.0}),
			"credit.tiers[1].upto: got 0, want a whole number (money/year) from 1 to 1000000000000\ncredit.tiers[1].rate: got 2, want a number (share) from 0 to 1"},
		{"credit.tiers", tiers(map[string]any{"upto": int64(5), "rat": 1.0}),
			"credit.tiers[1].rate: got nothing, want a number (share) from 0 to 1\ncredit.tiers[1].rat: got an unknown key, want {upto, rate}; did you mean rate?"},
		{"credit.tier", int64(1), "credit.tier: got an unknown key, want a key of the law; did you mean credit.tiers?"},
		{"weather", int64(1), "weather: got an unknown key, want a key of the law"},
		{"credit", int64(1), "credit: got an unknown key, want a key of the law"},
		{strings.Repeat("x", 10_000), int64(1), strings.Repeat("x", 10_000) + ": got an unknown key, want a key of the law"},
	} {
		r := Rules{Cap: 7, Credit: Credit{Tiers: []Tier{{1, 1}}}}
		before := r
		err := r.Set(c.key, c.value)
		var faults Faults
		if !errors.As(err, &faults) || err.Error() != c.want {
			t.Errorf("%.40s = %v:\ngot  %v\nwant %v", c.key, c.value, err, c.want)
		}
		if !reflect.DeepEqual(r, before) {
			t.Errorf("%.40s = %v: a refused value changed the rules", c.key, c.value)
		}
	}
}

func TestSetTakes(t *testing.T) {
	var r Rules
	for key, value := range map[string]any{
		"cap": int64(5_000_000), "gift.limit": int64(1), "burden.state": 0.5, "credit.kind": "tiers", "platform.private": true,
		"gift.exclude": []any{"27213"}, "credit.tiers": []any{map[string]any{"upto": int64(100_000), "rate": int64(1)}},
		"tax.local.notional_levy": 0.1, "tax.brackets": []map[string]any{{"over": int64(0), "rate": 0.06}},
	} {
		if err := r.Set(key, value); err != nil {
			t.Error(err)
		}
	}
	want := Rules{Cap: 5_000_000}
	want.Gift.Limit, want.Burden.State, want.Credit.Kind, want.Platform.Private = 1, 0.5, "tiers", true
	want.Gift.Exclude, want.Credit.Tiers = []string{"27213"}, []Tier{{100_000, 1}}
	want.Tax.Local.Notional, want.Tax.Brackets = 0.1, []Bracket{{0, 0.06}}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
	if got, ok := r.Get("gift.limit"); got != 1.0 || !ok {
		t.Errorf("gift.limit: got %v %v", got, ok)
	}
	if _, ok := r.Get("gift"); ok {
		t.Error("gift: a group of keys has no value")
	}
}

// Every lever says what it is: the sheet, the messages and the law files live on the tags.
func TestKeysAreDocumented(t *testing.T) {
	var check func(k Key)
	check = func(k Key) {
		if k.Name == "" || k.Doc == "" {
			t.Errorf("%q: no name or no doc tag", k.Name)
		}
		if number := k.Type == "number" || k.Type == "whole number"; number && (k.Unit == "" || math.IsInf(k.Min, 0)) {
			t.Errorf("%s: a number needs unit and min tags", k.Name)
		}
		for _, f := range k.Fields {
			check(f)
		}
	}
	seen := map[string]bool{}
	for _, k := range Keys() {
		check(k)
		if seen[k.Name] {
			t.Errorf("%s stands twice", k.Name)
		}
		seen[k.Name] = true
	}
	if len(seen) < 60 || !seen["cap"] || !seen["credit.tiers"] || !seen["tax.adjust.none_above"] {
		t.Errorf("%d keys", len(seen))
	}
	for written, want := range map[string]string{"gift.limt": "gift.limit", "burden.sate": "burden.state", "zzz": ""} {
		if got := Nearest(written); got != want {
			t.Errorf("nearest to %s: got %q, want %q", written, got, want)
		}
	}
}

func TestValidateRefuses(t *testing.T) {
	korea, _, err := shipped(t, Korea).Rules(2026)
	if err != nil {
		t.Fatal(err)
	}
	japan, _, err := shipped(t, Japan).Rules(2028)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		base   Rules
		change func(*Rules)
		want   string
	}{
		{korea, func(r *Rules) { r.Credit.Tiers = nil }, `credit.tiers: got an empty list, want at least one {upto, rate} under credit.kind "tiers"`},
		{korea, func(r *Rules) { r.Credit.Tiers = []Tier{{100, 1}, {100, 0.5}} }, "credit.tiers[2].upto: got 100, want more than the one before (100)"},
		{korea, func(r *Rules) { r.Cap = 150_000 }, "credit.tiers[2].upto: got 200000, want less than cap (150000); only the last tier may reach it"},
		{korea, func(r *Rules) { r.Credit.Tiers = []Tier{{100, 1.5}} }, "credit.tiers[1].rate: got 1.5, want a number (share) from 0 to 1"},
		{korea, func(r *Rules) { r.Credit.Kind = "ceiling" }, `credit.ceiling_rate: got 0, want more than 0 under credit.kind "ceiling"`},
		{korea, func(r *Rules) { r.Credit.Kind = "both" }, `credit.kind: got "both", want one of tiers, ceiling`},
		{korea, func(r *Rules) { r.Burden.Town = -0.1 }, "burden.town: got -0.1, want a number (share of local credit) from 0 to 1"},
		{korea, func(r *Rules) { r.Tax.Brackets = nil }, "tax.brackets: got an empty list, want at least one {over, rate}"},
		{korea, func(r *Rules) { r.Tax.Brackets = []Bracket{{5, 0.1}} }, "tax.brackets[1].over: got 5, want 0"},
		{korea, func(r *Rules) { r.Tax.Brackets = []Bracket{{0, 0.2}, {10, 0.1}} }, "tax.brackets[2].rate: got 0.1, want the rate before (0.2) or more"},
		{korea, func(r *Rules) { r.Tax.Dependants = []AgeRange{{From: 0, To: 20}, {From: 20, To: 60}} }, "tax.dependants[2].from: got 20, want more than to of the one before (20)"},
		{korea, func(r *Rules) { r.Tax.Dependants = []AgeRange{{From: 9, To: 8}} }, "tax.dependants[1].to: got 8, want from (9) or more"},
		{korea, func(r *Rules) { r.Tax.Basic = []Step{{Over: 1}} }, "tax.basic[1].over: got 1, want 0"},
		{korea, func(r *Rules) { r.Tax.Earned.Caps = []CreditCap{{Over: 9}, {Over: 9}} }, "tax.earned.caps[2].over: got 9, want more than the one before (9)"},
		{korea, func(r *Rules) { r.Tax.Child.To = 7 }, "tax.child.to: got 7, want tax.child.from (8) or more"},
		{korea, func(r *Rules) { r.Tax.Round.Base = 0 }, "tax.round.base: got 0, want a whole number (money) from 1 to 1000000000000"},
		{japan, func(r *Rules) { r.Credit.Floor = 1_930_000 }, "credit.floor: got 1930000, want less than credit.ceiling_absolute (1930000)"},
		{japan, func(r *Rules) { r.Cap = 2_000 }, "credit.floor: got 2000, want less than cap (2000)"},
		{japan, func(r *Rules) { r.Gift.Limit = 0.6 }, "cost.limit: got 0.45, want gift.limit (0.6) or more: gifts are part of the cost"},
		{japan, func(r *Rules) { r.Tax.Brackets = []Bracket{{0, 0.9}} },
			`tax.brackets: got 0.9189 with surtax, want less than 1 - tax.donation.basic (0.9) under credit.kind "ceiling"`},
		{japan, func(r *Rules) { r.Tax.Adjustment.Upto = 8_000_000 },
			"tax.adjustment.upto: got 8000000, want more than tax.adjustment.over (8500000), or 0 for no such deduction"},
	} {
		r := c.base
		c.change(&r)
		errs := r.Validate()
		if len(errs) != 1 || errs[0].Error() != c.want {
			t.Errorf("got  %v\nwant %v", errs, c.want)
		}
		if l, err := Compile(Korea, 2026, r); err == nil || l != nil {
			t.Errorf("compiled in spite of %s", c.want)
		}
	}
	broken := korea
	broken.Credit.Tiers, broken.Tax.Brackets, broken.Cap = nil, nil, -1
	if errs := broken.Validate(); len(errs) != 3 {
		t.Errorf("three faults at once: got %v", errs)
	}
	if _, err := Compile("de", 2026, korea); err == nil || err.Error() != `country: got "de", want "kr" or "jp"` {
		t.Errorf("country de: got %v", err)
	}
}

// TestPoolLag: the accounts keep as many years of lost tax as the lever permits.
func TestPoolLag(t *testing.T) {
	for _, k := range Keys() {
		if k.Name == "compensation.pool_lag" && k.Max != PoolLag {
			t.Errorf("compensation.pool_lag: at most %v years, PoolLag is %d", k.Max, PoolLag)
		}
	}
}
