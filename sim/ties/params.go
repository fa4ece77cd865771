package ties

// Params are the yearly hazards of the related-population ladder (model.md 5.9, E18). All are judgement priors: no causal estimate exists.
type Params struct {
	Net      float64 `toml:"net" unit:"share" min:"0" max:"1" doc:"chi: part of donors' later visits that would not have happened without the donation; 0 in default reports"`
	Visit    float64 `toml:"visit" unit:"1/year" min:"0" max:"1" doc:"h_13: donor or repeat donor to visitor, before chi"`
	Regular  float64 `toml:"regular" unit:"1/year" min:"0" max:"1" doc:"h_34: visitor to regular"`
	Base     float64 `toml:"base" unit:"1/year" min:"0" max:"1" doc:"h_45: regular to second base"`
	Decay    float64 `toml:"decay" unit:"1/year" min:"0" max:"1" doc:"a bond falls back one stage"`
	Register float64 `toml:"register" unit:"factor" min:"0.1" max:"10" doc:"factor on upward steps: 1, or more where related residents may register (L17)"`
	Spend    float64 `toml:"spend" unit:"money/visitor/year" min:"0" doc:"spending of one visitor in a year, times the stage's stays"`
}
