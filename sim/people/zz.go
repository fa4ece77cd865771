package people
func (f *Yearly) Stay() (worst float64) {
	for g := range f.to.od {
		for i, p := range f.Country.ProvinceOf {
			worst = max(worst, f.to.od[g][p][p]*f.to.now[g][i])
		}
	}
	return
}
