package nonsense

import (
	"fmt"
	"reflect"
)

// examples are valid arguments of functions for which the first valid ones of
// each type do not go together.
var examples = map[string]func(t reflect.Type) []value{}

func example(name string, args func() []any) {
	examples[name] = func(t reflect.Type) (all []value) {
		for i, a := range args() {
			all = append(all, value{fmt.Sprintf("ok%d", i), false, func() reflect.Value {
				if a == nil {
					return reflect.Zero(t.In(i))
				}
				return reflect.ValueOf(args()[i]).Convert(t.In(i))
			}})
		}
		return all
	}
}
