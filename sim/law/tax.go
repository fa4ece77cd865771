package law

// Tax is what the income tax and the resident (local income) tax of one year say, as far as they decide the credit for a donation. One shape
// serves both countries; a part that a country does not have is zero or empty. Curves are lists of Bracket: a rate that holds from an amount upward.
type Tax struct {
	Brackets      []Bracket  `toml:"brackets" doc:"marginal rates of national income tax on taxable income (과세표준, 課税所得), before surtax"`
	Surtax        float64    `toml:"surtax" unit:"share of income tax" min:"0" max:"1" doc:"surtax on the income tax (復興特別所得税)"`
	Employment    []Bracket  `toml:"employment" doc:"employment-income deduction (근로소득공제, 給与所得控除) on gross pay"`
	EmploymentMax int64      `toml:"employment_max" unit:"money/year" min:"0" doc:"greatest employment-income deduction; 0 = none"`
	Adjustment    Adjustment `toml:"adjustment"`
	Social        []Bracket  `toml:"social" doc:"social insurance always deducted, on gross pay (Korea: national pension; Japan: all)"`
	Insurance     []Bracket  `toml:"insurance" doc:"further social insurance on gross pay, deducted instead of the standard credit where that is better (Korea: health, care, employment)"`
	Basic         []Step     `toml:"basic" doc:"basic deduction (기본공제, 基礎控除) by total income"`
	Spouse        []Step     `toml:"spouse" doc:"deduction for a spouse without income (배우자공제, 配偶者控除) by the taxpayer's total income"`
	Dependants    []AgeRange `toml:"dependants" doc:"deduction for each dependant by age (부양가족공제, 扶養控除)"`
	Standard      int64      `toml:"standard" unit:"money/year" min:"0" doc:"standard tax credit (표준세액공제)"`
	Earned        Earned     `toml:"earned"`
	Child         Child      `toml:"child"`
	Local         Local      `toml:"local"`
	Adjust        Adjust     `toml:"adjust"`
	Exempt        Exempt     `toml:"exempt"`
	Donation      Donation   `toml:"donation"`
	Round         Round      `toml:"round"`
	Average       Average    `toml:"average"`
}

// Average stands for what pay and household do not decide: the deductions and credits a taxpayer of average habits claims besides (card spending, medical
// and education cost, insurance, pension savings, relatives). It is a statistic, not law: the engine, which knows of a person no more than the pay, prices
// with it; Law.Exact leaves it out.
type Average struct {
	Deductions []Bracket `toml:"deductions" doc:"further deductions of the average taxpayer, on gross pay; a statistic for the engine, not law"`
	Credit     int64     `toml:"credit" unit:"money/year" min:"0" doc:"further tax credits of the average taxpayer; a statistic for the engine, not law"`
}

// Bracket is one piece of a piecewise-linear curve: from Over upward, up to the next bracket, each won or yen counts Rate.
type Bracket struct {
	Over int64   `toml:"over" unit:"money/year" min:"0" doc:"lower edge"`
	Rate float64 `toml:"rate" unit:"share" min:"0" max:"1" doc:"rate of the slice above the edge"`
}

// Step is one step of a deduction by total income: who has more than Over (from 0: anybody) deducts these amounts.
type Step struct {
	Over     int64 `toml:"over" unit:"money/year" min:"0" doc:"total income (소득금액, 合計所得金額) above which the amounts hold"`
	State    int64 `toml:"state" unit:"money/year" min:"0" doc:"deduction of the income tax"`
	Resident int64 `toml:"resident" unit:"money/year" min:"0" doc:"deduction of the resident tax's income levy (Japan)"`
}

// AgeRange is the deduction for a dependant whose age at the end of the year is From to To, both included.
type AgeRange struct {
	From     int64 `toml:"from" unit:"years" min:"0" max:"150" doc:"youngest age"`
	To       int64 `toml:"to" unit:"years" min:"0" max:"150" doc:"oldest age"`
	State    int64 `toml:"state" unit:"money/year" min:"0" doc:"deduction of the income tax"`
	Resident int64 `toml:"resident" unit:"money/year" min:"0" doc:"deduction of the resident tax's income levy (Japan)"`
}

// Adjustment is the deduction for high pay with a child (所得金額調整控除): a share of the pay between two edges.
type Adjustment struct {
	Over  int64   `toml:"over" unit:"money/year" min:"0" doc:"pay above which it starts"`
	Upto  int64   `toml:"upto" unit:"money/year" min:"0" doc:"pay above which it no longer grows; 0 = no such deduction"`
	Rate  float64 `toml:"rate" unit:"share" min:"0" max:"1" doc:"share of the pay between the edges"`
	Age   int64   `toml:"age" unit:"years" min:"0" max:"150" doc:"oldest age of a dependant that opens it"`
	State bool    `toml:"state" doc:"it lowers the income tax as well as the resident tax"`
}

// Earned is the earned-income tax credit of Korea (근로소득세액공제): a share of the computed tax, capped by gross pay.
type Earned struct {
	Rates []Bracket   `toml:"rates" doc:"credit on the computed tax (산출세액)"`
	Caps  []CreditCap `toml:"caps" doc:"greatest credit by gross pay; empty = no cap"`
}

// CreditCap is the cap on a credit for gross pay above Over: Most less Rate of the pay above Over, but not under Least.
type CreditCap struct {
	Over  int64   `toml:"over" unit:"money/year" min:"0" doc:"gross pay above which this cap holds"`
	Most  int64   `toml:"most" unit:"money/year" min:"0" doc:"cap at the edge"`
	Rate  float64 `toml:"rate" unit:"share" min:"0" max:"1" doc:"fall of the cap per won of pay above the edge"`
	Least int64   `toml:"least" unit:"money/year" min:"0" doc:"the cap never falls below this"`
}

// Child is the child tax credit of Korea (자녀세액공제).
type Child struct {
	From   int64 `toml:"from" unit:"years" min:"0" max:"150" doc:"youngest age of a child that counts"`
	To     int64 `toml:"to" unit:"years" min:"0" max:"150" doc:"oldest age"`
	First  int64 `toml:"first" unit:"money/year" min:"0" doc:"credit for the first child"`
	Second int64 `toml:"second" unit:"money/year" min:"0" doc:"further credit for the second child"`
	More   int64 `toml:"more" unit:"money/year" min:"0" doc:"further credit for each child from the third"`
}

// Local is the part of income tax that local governments levy.
type Local struct {
	Surcharge float64 `toml:"surcharge" unit:"share of income tax" min:"0" max:"1" doc:"local income tax as a share of the national tax due (지방소득세, Korea)"`
	Levy      float64 `toml:"levy" unit:"share" min:"0" max:"1" doc:"income levy of the resident tax on its own taxable income (所得割, Japan); 0 = none"`
	LevyTown  float64 `toml:"levy_town" unit:"share" min:"0" max:"1" doc:"the municipality's part of the income levy, rounded apart from the prefecture's (市町村民税, Japan)"`
	Notional  float64 `toml:"notional_levy" unit:"share" min:"0" max:"1" doc:"where there is no income levy: share of taxable income that stands for it under credit kind ceiling"`
}

// Adjust is the adjustment credit of Japan's resident tax (調整控除), which makes up for its smaller personal deductions.
type Adjust struct {
	Rate      float64 `toml:"rate" unit:"share" min:"0" max:"1" doc:"credit per yen of the difference of the personal deductions; 0 = no such credit"`
	Basic     int64   `toml:"basic" unit:"money/year" min:"0" doc:"difference of the basic deductions (人的控除額の差)"`
	Edge      int64   `toml:"edge" unit:"money/year" min:"0" doc:"taxable income up to which the whole difference counts; above it the difference shrinks by the excess"`
	Least     int64   `toml:"least" unit:"money/year" min:"0" doc:"smallest credit above the edge"`
	NoneAbove int64   `toml:"none_above" unit:"money/year" min:"0" doc:"total income above which there is none; 0 = no such limit"`
}

// Exempt is the total income up to which the resident tax levies nothing (所得割の非課税限度額): Head for each member of the family, plus Base,
// plus Family where there is any other member.
type Exempt struct {
	Head   int64 `toml:"head" unit:"money/year" min:"0" doc:"per member of the family"`
	Base   int64 `toml:"base" unit:"money/year" min:"0" doc:"plus, for everybody"`
	Family int64 `toml:"family" unit:"money/year" min:"0" doc:"plus, with a spouse or dependant"`
}

// Donation are the parts of the credit of kind ceiling that are the same for every kind of donation (寄附金控除).
type Donation struct {
	StateMax    float64 `toml:"state_max" unit:"share of total income" min:"0" max:"1" doc:"donations that lower the income tax, at most"`
	ResidentMax float64 `toml:"resident_max" unit:"share of total income" min:"0" max:"1" doc:"donations that count for the basic credit, at most"`
	Basic       float64 `toml:"basic" unit:"share" min:"0" max:"1" doc:"basic credit of the resident tax (基本分)"`
}

// Round are the units amounts are rounded down to.
type Round struct {
	Base int64 `toml:"base" unit:"money" min:"1" doc:"taxable income"`
	Due  int64 `toml:"due" unit:"money" min:"1" doc:"income tax due"`
	Levy int64 `toml:"levy" unit:"money" min:"1" doc:"local income tax or income levy"`
}
