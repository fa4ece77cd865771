package scenarios

import (
	"reflect"
	"strings"
	"testing"

	"gohyang/sim/budget"
	"gohyang/sim/law"
)

// TestThemes: the loader knows the themes that the accounts know.
func TestThemes(t *testing.T) {
	f, _ := reflect.TypeFor[Event]().FieldByName("Theme")
	var want []string
	for _, theme := range budget.Themes() {
		want = append(want, string(theme))
	}
	if got := f.Tag.Get("enum"); got != strings.Join(want, ",") {
		t.Errorf("themes of the loader are %s, of the accounts %v", got, want)
	}
}

// TestSurveys: both countries have surveys of related population with a source, and none is a survey of more persons than it asked but Korea's, which counts a person
// once for each area.
func TestSurveys(t *testing.T) {
	for _, c := range []law.Country{law.Korea, law.Japan} {
		list, err := readSurveys(c)
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %v, %v", c, list, err)
		}
		for _, s := range list {
			if s.Name == "" || s.What == "" || s.Source == "" || s.Year < 2016 || s.Persons <= 0 || s.Of <= 0 || c == law.Japan && s.Persons > s.Of {
				t.Errorf("%s: %+v", c, s)
			}
		}
	}
}
