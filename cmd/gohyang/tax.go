package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"gohyang/sim/law"
)

func taxCmd() *cobra.Command {
	var f taxFlags
	cmd := &cobra.Command{
		Use:   "tax kr|jp",
		Short: "explain what a donation costs one donor, line by line",
		Long: "tax works out one employee's tax in Korea (kr) or Japan (jp), what hometown donations save of it, who gives the tax up, and names for every line the\n" +
			"amount, the rule, the article, the day it is in force from, and whether it was checked. The law is that of the donations' days and of the year's income.\n\n" +
			"A donation is an amount in whole won or yen, with @ and the code or name of a place and : and a day where they matter: 100000@46770:2025-04-02. Without a\n" +
			"day the law of 1 July counts. --disaster PLACE:DAY names a special disaster area and the day it was declared one.",
		Example: examples(
			"gohyang tax --income 6000000 --spouse --dependants 17,20 --donate 60000 --year 2024 jp",
			"gohyang tax kr --income 40000000 --donate 100000@46770:2025-04-02 --donate 200000@47170:2025-04-02 --disaster 47170:2025-03-27 --lang ko",
			"gohyang tax kr --income 40000000 --year 2026 --donate 200000 --json",
			"gohyang tax jp --income 6000000 --year 2027 --one-stop --curve",
		),
		Args:      names(1, "kr or jp"),
		ValidArgs: []cobra.Completion{"kr", "jp"},
		RunE: func(cmd *cobra.Command, args []string) error {
			country, err := countryOf(args[0])
			if err != nil {
				return err
			}
			d, err := newDonor(country, &f)
			if err != nil {
				return err
			}
			if f.json {
				return writeTax(cmd.OutOrStdout(), d, f.curve)
			}
			p := newPage(d, f.lang.String())
			if f.curve {
				p.curve()
			} else {
				p.explain()
			}
			fmt.Fprint(cmd.OutOrStdout(), p.text.String())
			return nil
		},
	}
	f.add(cmd.Flags())
	return cmd
}

// taxJSON is what --json prints: whole won or yen. Fields of the other country are left out.
type taxJSON struct {
	Country    law.Country `json:"country"`
	Year       int         `json:"year"`
	Income     int64       `json:"income"`
	Spouse     bool        `json:"spouse"`
	Dependants []int       `json:"dependants"`
	Donated    int64       `json:"donated"`

	TaxableIncome int64  `json:"taxable_income"`
	IncomeTaxDue  int64  `json:"income_tax_due"`
	LocalTaxDue   int64  `json:"local_tax_due"` // Korea: local income tax; Japan: income levy of the resident tax
	TaxDue        *int64 `json:"tax_due,omitempty"`

	OneStop         *bool  `json:"one_stop,omitempty"`
	IncomeTaxSaving *int64 `json:"income_tax_saving,omitempty"`
	ResidentBasic   *int64 `json:"resident_basic_credit,omitempty"`
	ResidentSpecial *int64 `json:"resident_special_credit,omitempty"`
	ResidentOneStop *int64 `json:"resident_one_stop_credit,omitempty"`
	NationalCredit  *int64 `json:"national_credit,omitempty"`
	LocalCredit     *int64 `json:"local_credit,omitempty"`

	TotalSaving int64       `json:"total_saving"`
	SelfBurden  int64       `json:"self_burden"`
	Limit       int64       `json:"limit"`
	Bearers     bearersJSON `json:"bearers"`
	Curve       []curveJSON `json:"curve,omitempty"`
}

// bearersJSON is who gives up the tax.
type bearersJSON struct {
	State        int64 `json:"state"`
	Prefecture   int64 `json:"prefecture"` // Korea: metropolitan city or province
	Municipality int64 `json:"municipality"`
}

// curveJSON is a piece of the price schedule: from this donation on, up to the next piece, a further won or yen costs the price.
type curveJSON struct {
	From   int64   `json:"from"`
	Saving int64   `json:"saving"`
	Price  float64 `json:"price"`
}

// writeTax prints the numbers for programs.
func writeTax(w io.Writer, d *donor, curve bool) error {
	t := &d.tax
	total := d.relief.Total()
	due, local, oneStop := t.Due+t.Local, d.relief.Province+d.relief.Town, !d.filing
	j := taxJSON{
		Country: d.country, Year: d.year, Income: t.Gross, Spouse: d.household.Spouse, Dependants: append([]int{}, d.household.Dependants...), Donated: d.total,
		TaxableIncome: t.Taxable, IncomeTaxDue: t.Due, LocalTaxDue: t.Local,
		TotalSaving: total, SelfBurden: d.total - total, Limit: t.Limit,
		Bearers: bearersJSON{State: d.relief.State, Prefecture: d.relief.Province, Municipality: d.relief.Town},
	}
	if d.country == law.Japan {
		j.OneStop, j.IncomeTaxSaving, j.ResidentBasic, j.ResidentSpecial, j.ResidentOneStop = &oneStop, &d.parts.State, &d.parts.Basic, &d.parts.Special, &d.parts.Deemed
	} else {
		j.TaxDue, j.NationalCredit, j.LocalCredit = &due, &d.relief.State, &local
	}
	if curve {
		for _, s := range d.law.Schedule(&t.Taxpayer, d.filing) {
			saving := d.law.Relief(&t.Taxpayer, s.From, d.filing, false).Total()
			j.Curve = append(j.Curve, curveJSON{From: s.From, Saving: saving, Price: float64(s.Price) / 1e6})
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(j)
}
