package people

// Options are the demographic choices of a scenario.
type Options struct {
	Fertility string  `toml:"fertility" enum:"low,medium,high" doc:"variant of the official total-fertility path"`
	Return    float64 `toml:"return" unit:"odds" min:"0" max:"10000" doc:"R_o: extra odds that a mover living away goes to the town of origin (E24)"`
	Level     float64 `toml:"mobility" unit:"factor" min:"0" max:"3" doc:"factor on all internal moves"`
	Crowding  float64 `toml:"pull" unit:"elasticity" min:"0" max:"2" doc:"b_p: elasticity of a town's pull to its own population change since the start (E24)"`
	Alignment string  `toml:"alignment" enum:"free,nation,province,town" doc:"bring the baseline to the official projection: not at all, the nation, provinces too, municipalities too (E26)"`
	Abroad    float64 `toml:"abroad" unit:"factor" min:"0" max:"5" doc:"factor on net international migration"`
}
