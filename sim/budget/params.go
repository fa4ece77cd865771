package budget

// Params are the parameters of municipal accounts, spending and services (model.md 5.8-5.11).
type Params struct {
	Multiplier float64 `toml:"multiplier" unit:"factor" min:"0" max:"3" doc:"mult: local income per won or yen spent on gifts, fund and visitors"`
	Divert     float64 `toml:"divert" unit:"share" min:"0" max:"1" doc:"dvt: part of local income that other places of the nation lose: what donors and visitors would have bought elsewhere"`
	Shipping   float64 `toml:"shipping" unit:"share of gifts" min:"0" max:"1" doc:"delivery of gifts over their cost; a part of what operation takes, at most all of it"`
	Execute    float64 `toml:"execute" unit:"share of fund/year" min:"0" max:"1" doc:"x_F: part of the donation fund spent in a year"`
	Flypaper   float64 `toml:"flypaper" unit:"share" min:"0" max:"1" doc:"fp: part of unearmarked net money, gained or lost, that reaches services"`
	Waste      float64 `toml:"waste" unit:"share" min:"0" max:"1" doc:"e: part of fund spending that dependence on donations wastes, for receipts as high as revenue; below in proportion"`
	Children   float64 `toml:"children" unit:"share of revenue" min:"0.01" max:"1" doc:"usual share of services for children in spending; what donations add to them, or take from them, is measured against it"`
	Depreciate float64 `toml:"depreciate" unit:"1/year" min:"0" max:"1" doc:"d_S: depreciation of the service stock"`
	Need       Need    `toml:"need"`
}
