package giving

// Params are the behavioural parameters of giving (model.md section 6). Tags carry the key, unit and range for the loader and the sheet; values and
// their sources come from scenarios/params. Money is in the country's own currency.
type Params struct {
	Attention Attention `toml:"attention"`
	Hassle    Hassle    `toml:"hassle"`
	Amount    Amount    `toml:"amount"`
	Motive    Motive    `toml:"motive"`
	Choice    Choice    `toml:"choice"`
	Quality   Quality   `toml:"quality"`
	Listing   Listing   `toml:"listing"`
	Timing    Timing    `toml:"timing"`
	Shock     Shock     `toml:"shock"`
	Corporate Corporate `toml:"corporate"`
}

// Attention is active consideration, E4: hazard of starting to consider, and of forgetting.
type Attention struct {
	External float64 `toml:"external" unit:"1/year" min:"0" max:"1" doc:"p_e: hazard from outside the peer group, without portals"`
	Peer     float64 `toml:"peer" unit:"1/year" min:"0" max:"2" doc:"q: hazard per unit share of donors among peers (age band x province of last year)"`
	Launch   float64 `toml:"launch" unit:"share" min:"0" max:"1" doc:"p_launch: novelty hazard in the first year of a scheme"`
	Platform float64 `toml:"platform" unit:"1/year" min:"0" max:"1" doc:"m_platform: extra hazard while private portals work, times the share of recipients there"`
	Promote  float64 `toml:"promote" unit:"1/year" min:"0" max:"1" doc:"m_promo: extra hazard under relaxed or free promotion"`
	Local    float64 `toml:"local" unit:"elasticity" min:"-2" max:"2" doc:"gamma: by how much the hazard from outside the peer group is greater where the province's own governments received more per earner at the start"`
	Forget   float64 `toml:"forget" unit:"1/year" min:"0" max:"1" doc:"delta_A: share of considering non-donors who stop considering"`
}

// Hassle is the effort cost of participating, E5-E6.
type Hassle struct {
	Median    float64 `toml:"median" unit:"money" min:"0" doc:"median cost of filing a return, exp(mu_k)"`
	SD        float64 `toml:"sd" unit:"log" min:"0" max:"5" doc:"s_k: standard deviation of log hassle"`
	OneStop   float64 `toml:"one_stop" unit:"share" min:"0" max:"1" doc:"eta: hassle of one-stop relative to filing"`
	Automatic float64 `toml:"automatic" unit:"share" min:"0" max:"1" doc:"eta_auto: hassle of pre-filled relief relative to filing"`
	Habit     float64 `toml:"habit" unit:"share" min:"0" max:"1" doc:"zeta: hassle of an existing donor relative to a new one"`
	Lapse     float64 `toml:"lapse" unit:"1/year" min:"0" max:"1" doc:"delta_L: share of donors who stop for reasons outside the model"`
}

// Amount is how much, E3 and E7.
type Amount struct {
	GiftValue  float64 `toml:"gift_value" unit:"share" min:"0" max:"2" doc:"phi: donor's valuation of a gift worth one won or yen"`
	Kink       float64 `toml:"kink" unit:"share of donors" min:"0" max:"1" doc:"give up to the largest amount of full relief"`
	NoLoss     float64 `toml:"no_loss" unit:"share of donors" min:"0" max:"1" doc:"give the largest amount with relief plus gift at least the donation"`
	WarmGlow   float64 `toml:"warm_glow" unit:"share of donors" min:"0" max:"1" doc:"give beyond the kink for its own sake; the rest of donors give a token below the kink"`
	Novelty    float64 `toml:"novelty" unit:"share" min:"0" max:"1" doc:"of warm-glow donors, those who give for its own sake in the first year of a scheme only and later up to the kink"`
	Elasticity float64 `toml:"elasticity" unit:"elasticity" min:"-5" max:"0" doc:"eps: price elasticity of warm-glow giving"`
	GlowTail   float64 `toml:"glow_tail" unit:"Pareto exponent" min:"0.3" max:"5" doc:"alpha_D: tail of warm-glow amounts"`
	GlowScale  float64 `toml:"glow_scale" unit:"money" min:"0" doc:"warm-glow amount at a net price of one, lower end of the Pareto law"`
	GlowLimit  float64 `toml:"glow_limit" unit:"share of earnings" min:"0" max:"1" doc:"most of a year's earnings that warm glow gives"`
	Token      float64 `toml:"token" unit:"money" min:"0" doc:"mean token donation"`
	UseMean    float64 `toml:"use_mean" unit:"share of limit" min:"0.01" max:"1" doc:"mean utilisation of the limit under kind ceiling (income uncertainty)"`
	UseSpread  float64 `toml:"use_spread" unit:"share of limit" min:"0" max:"0.5" doc:"half-width of the utilisation around its mean (triangular)"`
	RecordSize float64 `toml:"record_size" unit:"money" min:"1" doc:"typical donation record under kind ceiling: a donor's year is split into about amount / record_size records"`
	MaxRecords int64   `toml:"max_records" unit:"records" min:"1" max:"50" doc:"most records a donor makes in a year"`
}

// Motive is why a record goes where it goes: the nest of E8.
type Motive struct {
	Gift float64 `toml:"gift" unit:"share of persons" min:"0" max:"1" doc:"choose by return gift"`
	Tie  float64 `toml:"tie" unit:"share of persons" min:"0" max:"1" doc:"choose by hometown, previous home, neighbourhood; the rest choose by empathy (disaster, project, decline)"`
}

// Choice are the weights of the destination choice, E8.
type Choice struct {
	GiftWeight float64 `toml:"gift_weight" unit:"utils per share" min:"0" max:"20" doc:"b_g: utility of the gift ratio"`
	Origin     float64 `toml:"origin" unit:"share" min:"0" max:"1" doc:"tie donors living away who give to their place of origin: mean at the start, more for a place of appeal (it sets b_tie)"`
	Previous   float64 `toml:"previous" unit:"share" min:"0" max:"1" doc:"b_par: tie donors who moved during the run, and give neither to last year's place nor to their origin, who give where they lived before"`
	Distance   float64 `toml:"distance" unit:"utils per log km" min:"0" max:"5" doc:"b_d: tie donors' distance decay, weight (1+d)^-b_d"`
	Habit      float64 `toml:"habit" unit:"share" min:"0" max:"1" doc:"b_hab: records of a repeat donor that go to last year's destination"`
	Decline    float64 `toml:"decline" unit:"factor" min:"0" max:"20" doc:"empathy donors: weight of a depopulation area relative to others"`
	Disaster   float64 `toml:"disaster" unit:"factor" min:"0" max:"200" doc:"B: empathy weight of a struck town at severity one, relative to its usual weight"`
	Fade       float64 `toml:"fade" unit:"months" min:"0.05" max:"12" doc:"tau_d: e-fold of the disaster response"`
	Project    float64 `toml:"project" unit:"factor" min:"0" max:"20" doc:"empathy weight of a town with a fully unfunded designated project, relative to its usual weight, minus one"`
	Children   float64 `toml:"children" unit:"factor" min:"0" max:"20" doc:"a_theme: pull of a project whose theme names children, relative to other themes"`
	Relation   float64 `toml:"relation" unit:"share" min:"0" max:"1" doc:"b_rel: tie donors with a second base who give there; visitors and regulars by stage/5"`
	Lasting    float64 `toml:"lasting" unit:"log" min:"0" max:"3" doc:"dxi: appeal that a disaster of severity one leaves a place on portals, fading as quality does"`
}

// Quality is the evolution of a town's appeal, E9, and its best response on gifts and promotion, E12 and E13.
type Quality struct {
	Persist float64 `toml:"persist" unit:"1/year" min:"0" max:"0.999" doc:"rho_xi: persistence of log quality while the scheme is young"`
	Shock   float64 `toml:"shock" unit:"log" min:"0" max:"3" doc:"sigma_xi: yearly shock of log quality while the scheme is young"`
	Young   int64   `toml:"young" unit:"years" min:"0" max:"100" doc:"years after its start that a scheme is young; 0 = for ever"`
	Settled float64 `toml:"settled" unit:"1/year" min:"0" max:"0.999" doc:"rho_xi of a mature scheme"`
	Calm    float64 `toml:"calm" unit:"log" min:"0" max:"3" doc:"sigma_xi of a mature scheme"`
	Respond float64 `toml:"respond" unit:"share of towns/year" min:"0" max:"1" doc:"a_br: towns that re-optimise their gift ratio in a year"`
	Adjust  float64 `toml:"adjust" unit:"share/year" min:"0" max:"1" doc:"lambda_g: part of the gap a re-optimising town closes"`
	Imitate float64 `toml:"imitate" unit:"share of towns/year" min:"0" max:"1" doc:"of the other towns, those that follow the gift ratio of the best-earning peer"`
	Effort  float64 `toml:"effort" unit:"log per share" min:"0" max:"20" doc:"theta: log appeal a by promotion costs a^2/(2 theta) of receipts (E13)"`
	Start   float64 `toml:"start" unit:"share of receipts" min:"0" max:"1" doc:"gift ratio in the first year, before the law's limit"`
	TakeUp  float64 `toml:"take_up" unit:"share" min:"0" max:"1" doc:"gifts actually ordered over gifts on offer"`
	Fee     float64 `toml:"fee" unit:"share of receipts" min:"0" max:"1" doc:"portal and payment fees where private portals list"`
	Operate float64 `toml:"operate" unit:"share of receipts" min:"0" max:"1" doc:"shipping, publicity and administration"`
}

// Listing is the towns' entry on private portals, E12. A run that starts when portals work starts with every town listed: its receipts were observed so.
type Listing struct {
	From   int64   `toml:"from" unit:"year" min:"1900" max:"2200" doc:"first year in which private portals work, where the law lets them"`
	Start  float64 `toml:"start" unit:"share of recipients" min:"0" max:"1" doc:"recipients that list in the year the portals open"`
	Enter  float64 `toml:"enter" unit:"1/year" min:"0" max:"10" doc:"hazard of listing whatever a recipient and its peers lose or gain"`
	Loss   float64 `toml:"loss" unit:"1/year per share" min:"0" max:"1000" doc:"hazard of listing per share of own tax lost last year"`
	Peers  float64 `toml:"peers" unit:"1/year per share" min:"0" max:"1000" doc:"hazard of listing per share of own tax that listed recipients of the province gained last year"`
	Appeal float64 `toml:"appeal" unit:"log" min:"0" max:"10" doc:"log weight that a place not on the portals lacks among gift donors"`
}

// Timing is the month of a donation, E10.
type Timing struct {
	December float64 `toml:"december" unit:"share of the year" min:"0" max:"1" doc:"share of records made in December"`
	Autumn   float64 `toml:"autumn" unit:"share of the year" min:"0" max:"1" doc:"share made in October and November together"`
	Rush     float64 `toml:"rush" unit:"share of the year" min:"-1" max:"1" doc:"by how much the December share of kink donors exceeds that of others"`
	Novelty  float64 `toml:"novelty" unit:"share of records" min:"0" max:"1" doc:"records of a scheme's first year that are made for the novelty, evenly over the year"`
	Pull     float64 `toml:"pull" unit:"share of records" min:"0" max:"1" doc:"psi: records pulled before the day on which the offer falls by 5% of the donation; else in proportion"`
}

// Shock is what comes from outside at a date: who already considers donating when the run starts, and a push of attention in some years (E4).
type Shock struct {
	Start float64 `toml:"start" unit:"share of other adults" min:"0" max:"1" doc:"adults considering at the start of the run without giving, because it is not worth its hassle to them, of those who do not give; where the scheme is older than the run"`
	Ready float64 `toml:"ready" unit:"share of adults" min:"0" max:"1" doc:"adults considering at the start to whom giving is worth its hassle, the observed donors among them; of no effect without shock.start, or below the observed share"`
	Push  float64 `toml:"push" unit:"1/year" min:"-1" max:"2" doc:"m_shock: extra hazard of starting to consider in the years from shock.from to shock.until"`
	From  int64   `toml:"from" unit:"year" min:"1900" max:"2200" doc:"first year of the push"`
	Until int64   `toml:"until" unit:"year" min:"1900" max:"2200" doc:"last year of the push"`
}

// Corporate is what corporations give where the law admits them (L16): an aggregate of each province, apart from all persons.
type Corporate struct {
	Rate  float64 `toml:"rate" unit:"share of local tax" min:"0" max:"0.1" doc:"donations by corporations of a province in a year, relative to the local tax of its governments at the start"`
	State float64 `toml:"state" unit:"share of donation" min:"0" max:"0.5" doc:"tax on profits that the deduction saves at the cost of the state"`
	Local float64 `toml:"local" unit:"share of donation" min:"0" max:"0.5" doc:"the same at the cost of the government of the corporation's province"`
}
