package law

// Country is the country whose taxpayers and governments a law applies to.
type Country string

// The two countries of the model.
const (
	Korea Country = "kr"
	Japan Country = "jp"
)

// Rules is what the law says in one year: every lever L1-L17 as plain data, in the shape of the law files and of a
// scenario's [[policy]] overlay. Tags carry the key, the unit and the permitted range, so that the loader, the sheet of
// `gohyang check` and the error messages all speak from one place. Rates are shares of one; money is whole won or yen.
type Rules struct {
	Cap            int64          `toml:"cap" unit:"money/year" min:"0" doc:"annual cap per donor, all recipients together (L1); 0 = none"`
	Credit         Credit         `toml:"credit"`
	Gift           Gift           `toml:"gift"`
	Cost           Cost           `toml:"cost"`
	Donors         Donors         `toml:"donors"`
	Residency      Residency      `toml:"residency"`
	Convenience    Convenience    `toml:"convenience"`
	Platform       Platform       `toml:"platform"`
	Promotion      Promotion      `toml:"promotion"`
	Projects       Projects       `toml:"projects"`
	Registration   Registration   `toml:"registration"`
	Disaster       Disaster       `toml:"disaster"`
	Burden         Burden         `toml:"burden"`
	Compensation   Compensation   `toml:"compensation"`
	Redistribution Redistribution `toml:"redistribution"`
	Tax            Tax            `toml:"tax"`
}

// Credit is the tax credit for a donation (L2-L4).
type Credit struct {
	Kind            string  `toml:"kind" enum:"tiers,ceiling" doc:"tiers = piecewise-linear credit bounded by the tax due (Korea, E1); ceiling = all above a floor up to a share of the resident-tax income levy (Japan, E2)"`
	Tiers           []Tier  `toml:"tiers" doc:"kind tiers: credit rate of each slice of the year's donations, by its upper edge (L2)"`
	Floor           int64   `toml:"floor" unit:"money/year" min:"0" doc:"kind ceiling: the donor's own share (L3)"`
	CeilingRate     float64 `toml:"ceiling_rate" unit:"share" min:"0" max:"1" doc:"kind ceiling: special credit as a share of the income levy of the resident tax (L4)"`
	CeilingAbsolute int64   `toml:"ceiling_absolute" unit:"money/year" min:"0" doc:"kind ceiling: absolute ceiling of the special credit (L4); 0 = none"`
	Declining       float64 `toml:"declining_rate" unit:"share" min:"0" max:"1" doc:"kind tiers: credit rate of the part above the first tier for a depopulation area (R3); 0 = no such rate"`
}

// Tier is one slice of the credit schedule: the part of the year's donations up to Upto and above the tier before.
type Tier struct {
	Upto int64   `toml:"upto" unit:"money/year" min:"1" doc:"upper edge of the slice"`
	Rate float64 `toml:"rate" unit:"share" min:"0" max:"1" doc:"credit per won or yen of the slice"`
}

// Gift is the law on return gifts (L5).
type Gift struct {
	Limit   float64  `toml:"limit" unit:"share of donation" min:"0" max:"1" doc:"greatest value of the return gift (L5); 1 = no limit"`
	Exclude []string `toml:"exclude" doc:"codes of governments that may not take part this year (L5)"`
}

// Cost is the law on what raising the money may cost (L6).
type Cost struct {
	Limit     float64 `toml:"limit" unit:"share of receipts" min:"0" max:"1" doc:"gifts, fees and operation together (L6); 1 = no limit"`
	Operating float64 `toml:"operating" unit:"share of receipts" min:"0" max:"1" doc:"operation alone (L6); 1 = no limit"`
}

// Donors says who may give (L16).
type Donors struct {
	Corporations bool `toml:"corporations" doc:"corporations may give too, as a deductible expense and without gifts (L16)"`
}

// Residency says where a resident may give (L7).
type Residency struct {
	Excluded string `toml:"excluded" enum:"none,town,province" doc:"none = anywhere; town = not the own municipality; province = neither the own municipality nor the own province's government (L7)"`
}

// Convenience is how the donor gets the relief (L8).
type Convenience struct {
	Filing string `toml:"filing" enum:"return,one_stop,automatic" doc:"easiest way to the credit: own tax return, one-stop notice, or pre-filled automatically (L8)"`
	Bodies int64  `toml:"bodies" unit:"recipients/year" min:"0" doc:"most recipients a one-stop donor may have (L8); 0 = any number"`
}

// Platform is the law on portals (L9).
type Platform struct {
	Private bool    `toml:"private" doc:"private portals may list gifts (L9)"`
	Fee     float64 `toml:"fee" unit:"share of receipts" min:"0" max:"1" doc:"what a portal takes (L9)"`
	Points  float64 `toml:"points" unit:"share of donation" min:"0" max:"1" doc:"points a portal gives the donor (L9)"`
}

// Promotion is what towns may do to ask for donations (L10).
type Promotion struct {
	Rule string `toml:"rule" enum:"strict,relaxed,free" doc:"channels allowed (L10)"`
}

// Projects is the law on designated donations (L11).
type Projects struct {
	Open bool `toml:"open" doc:"donors may choose a project (L11)"`
}

// Registration is the law on residents of elsewhere who are related to a place (L17).
type Registration struct {
	Open bool `toml:"open" doc:"related residents may register with a place (L17)"`
}

// Disaster is the extra relief for special disaster areas (L12).
type Disaster struct {
	Rate   float64 `toml:"rate" unit:"share" min:"0" max:"1" doc:"credit rate of the part above the first tier for a disaster area (L12); 0 = no special rate"`
	Months int64   `toml:"months" unit:"months" min:"0" max:"12" doc:"how long it holds after the declaration (L12)"`
}

// Burden is who gives up the credited tax (L13).
type Burden struct {
	State    float64 `toml:"state" unit:"share of credit" min:"0" max:"1" doc:"kind tiers: share borne by national income tax; the rest is local income tax (L13)"`
	Town     float64 `toml:"town" unit:"share of local credit" min:"0" max:"1" doc:"municipality's share of the locally borne credit; the rest is the province's (L13)"`
	BigCity  float64 `toml:"big_city" unit:"share of local credit" min:"0" max:"1" doc:"the same where the municipality is a designated city (Japan) or a district of a metropolitan city, whose metropolitan government holds the tax (Korea) (L13)"`
	StateTax bool    `toml:"state_tax" doc:"kind ceiling: a donor who files a return saves national income tax too; false = all local, as with one-stop (L13)"`
}

// Compensation is what the state gives back to governments that lose tax (L14).
type Compensation struct {
	Rate    float64 `toml:"rate" unit:"share of lost municipal tax" min:"0" max:"1" doc:"refund through the local allocation tax to receiving bodies (L14)"`
	All     bool    `toml:"all" doc:"the refund is for every local loss: also of bodies that receive no allocation tax, and of the loss of the allocation pool (L14, R5); with rate 1 the state bears all (R6)"`
	Pool    float64 `toml:"pool" unit:"share of lost national tax" min:"0" max:"1" doc:"share of national tax that funds the allocation pool, lost with it (L14)"`
	PoolLag int64   `toml:"pool_lag" unit:"years" min:"0" max:"5" doc:"years from the loss of national tax, itself a year after the donation, to the loss of the pool (L14)"`
}

// PoolLag is the largest lag of the allocation pool, in years.
const PoolLag = 5

// Redistribution is what governments share of donations and of the tax they cost (L15, E17: R1, R2, R4, R7). All of it is off at zero. In which order they apply: see budget.
type Redistribution struct {
	PoolRate       float64 `toml:"pool_rate" unit:"share of kept donations" min:"0" max:"1" doc:"part of what a recipient keeps after costs that goes to a pool, shared by need (R1); 0 = no pool"`
	PoolPopulation float64 `toml:"pool_population" unit:"exponent" min:"0" max:"2" doc:"a in a place's weight in the pool, decline index x residents^a / local tax per resident (R1, R2)"`
	PerResident    int64   `toml:"per_resident" unit:"money/resident" min:"0" max:"1000000000" doc:"most a recipient keeps per resident after costs, shares of pools included; the rest goes to a pool for places below it (R2); 0 = no ceiling"`
	HomeShare      float64 `toml:"home_share" unit:"share of donations" min:"0" max:"1" doc:"part of donations by persons whose known place of origin is in another province than their residence that goes to the government of their province of origin (R4); 0 = none"`
	Floor          float64 `toml:"floor" unit:"share of local tax" min:"0" max:"1" doc:"most a place loses, relief borne (for persons and corporations) less compensation, as a share of its local tax; the state pays the rest (R7); 0 = no floor"`
}

// Household is what decides a taxpayer's personal deductions.
type Household struct {
	Spouse     bool  // a spouse without income
	Dependants []int // ages of dependants at year's end
}

// Taxpayer is one person's tax position before any donation, in whole won or yen.
type Taxpayer struct {
	Gross   int64 // wage income of the year before any deduction
	Taxable int64 // taxable income of the income tax (과세표준, 課税所得)
	Due     int64 // national income tax due before the donation credit (Korea: 산출세액 less other credits; Japan: with the 2.1% surtax)
	Local   int64 // Korea: local income tax due; Japan: income levy of the resident tax (所得割) after the adjustment credit
	Margin  int64 // marginal rate of the national income tax, millionths, surtax included
	Limit   int64 // largest donation whose credit is complete: Korea the last kink of rate 1 within the tax due; Japan 全額控除上限額
}

// Relief is what a year's donations save the donor, by who bears it, in whole won or yen.
type Relief struct {
	State    int64 // national income tax
	Province int64 // prefectural resident tax; local income tax of a metropolitan city
	Town     int64 // municipal resident tax; local income tax of a city, county or district
}

// Total is the donor's whole saving.
func (r Relief) Total() int64 { return r.State + r.Province + r.Town }
