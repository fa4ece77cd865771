package ties

// Params are the yearly hazards of the related-population ladder (model.md 5.9, E18). All are judgement priors: no causal estimate exists.
type Params struct {
	Net        float64 `toml:"net" unit:"share" min:"0" max:"1" doc:"chi: part of donors' later visits and moves that would not have happened without the donation; 0 in default reports"`
	Disaster   float64 `toml:"disaster" unit:"share" min:"0" max:"1" doc:"chi_d: new donors to a place struck in the year who enter the ladder; the others gave once, for the disaster"`
	Visit      float64 `toml:"visit" unit:"1/year" min:"0" max:"1" doc:"h_13: donor or repeat donor to visitor, before chi"`
	Regular    float64 `toml:"regular" unit:"1/year" min:"0" max:"1" doc:"h_34: visitor to regular"`
	Base       float64 `toml:"base" unit:"1/year" min:"0" max:"1" doc:"h_45: regular to second base"`
	Resident   float64 `toml:"resident" unit:"odds per stage" min:"0" max:"1000" doc:"R_r: extra odds that a mover goes to the place of his bond, for each stage of it, before chi (E24; the step h_x6)"`
	Decay      float64 `toml:"decay" unit:"1/year" min:"0" max:"1" doc:"a bond falls back one stage"`
	Distance   float64 `toml:"distance" unit:"elasticity" min:"0" max:"5" doc:"distance decay of upward steps: times (1 + d/100 km)^-distance, from home to the place"`
	Origin     float64 `toml:"origin" unit:"factor" min:"0.1" max:"10" doc:"factor on upward steps of a bond with the place of origin"`
	Young      float64 `toml:"young" unit:"factor" min:"0.1" max:"10" doc:"factor on upward steps of persons under 40"`
	Old        float64 `toml:"old" unit:"factor" min:"0.1" max:"10" doc:"factor on upward steps of persons of 65 and over"`
	Experience float64 `toml:"experience" unit:"share" min:"0" max:"1" doc:"bonds whose gifts are experiences at the place: stays, meals, vouchers"`
	Lure       float64 `toml:"lure" unit:"factor" min:"0.1" max:"20" doc:"factor on becoming a visitor where the gift is an experience"`
	Enrol      float64 `toml:"enrol" unit:"share" min:"0" max:"1" doc:"bound persons who register as related residents where the law lets them (L17)"`
	Register   float64 `toml:"register" unit:"factor" min:"0.1" max:"10" doc:"factor on upward steps of registered persons (L17)"`
	Spend      float64 `toml:"spend" unit:"money/visitor/year" min:"0" doc:"spending of one visitor in a year, times the stage's stays"`
}
