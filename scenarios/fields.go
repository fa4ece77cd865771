package scenarios

import (
	"reflect"

	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/ties"
)

// settings are the parameters that params/*.toml give and a scenario may override, under the tables of their tags.
type settings struct {
	Giving     giving.Params  `toml:"behaviour"`
	Ties       ties.Params    `toml:"ties"`
	Budget     budget.Params  `toml:"budget"`
	Effects    people.Effects `toml:"effects"`
	Demography people.Options `toml:"demography"`
}

// field is one key of a tagged struct that holds a value, not a table.
type field struct {
	key   string // dotted
	index []int  // for reflect.Value.FieldByIndex
	typ   reflect.Type
	tag   reflect.StructTag
}

// fields lists the value keys of a tagged struct in the order of the struct.
func fields(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		name := tomlName(f)
		if name == "" {
			continue
		}
		if f.Type.Kind() != reflect.Struct {
			out = append(out, field{key: name, index: []int{i}, typ: f.Type, tag: f.Tag})
			continue
		}
		for _, sub := range fields(f.Type) {
			sub.key = dotted(name, sub.key)
			sub.index = append([]int{i}, sub.index...)
			out = append(out, sub)
		}
	}
	return out
}

// leversOf are the value keys of the law.
func leversOf() []field { return fields(reflect.TypeFor[law.Rules]()) }

// settingsFields are the value keys of the behaviour parameters.
func settingsFields() []field { return fields(reflect.TypeFor[settings]()) }

// of returns the field's value in a struct, which may be a pointer.
func (f field) of(s any) reflect.Value {
	return reflect.Indirect(reflect.ValueOf(s)).FieldByIndex(f.index)
}

// keysOf are the dotted keys of fields.
func keysOf(fs []field) []string {
	keys := make([]string, len(fs))
	for i, f := range fs {
		keys[i] = f.key
	}
	return keys
}
