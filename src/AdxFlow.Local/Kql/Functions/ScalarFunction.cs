using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>A scalar function: overloads to choose from, or a binder of its own where types depend on each other.</summary>
internal sealed class ScalarFunction
{
    private readonly Overload[] _overloads = [];
    private readonly Func<CallContext, Expression>? _binder;

    public ScalarFunction(string name, ResultNameRule rule, params Overload[] overloads)
    {
        Name = name;
        NameRule = rule;
        NamePrefix = name;
        _overloads = overloads;
    }

    public ScalarFunction(string name, ResultNameRule rule, Func<CallContext, Expression> binder)
    {
        Name = name;
        NameRule = rule;
        NamePrefix = name;
        _binder = binder;
    }

    public string Name { get; }

    public ResultNameRule NameRule { get; }

    /// <summary>The prefix for <see cref="ResultNameRule.PrefixAndFirstArgument"/>, or the suffix for <see cref="ResultNameRule.FirstArgumentAndSuffix"/>.</summary>
    public string NamePrefix { get; init; }

    /// <summary>The arguments that must be constant.</summary>
    public IReadOnlyList<int> Constants { get; init; } = [];

    /// <summary>The number of arguments that the function may have in the service, where the stand-in takes fewer, or not all numbers.</summary>
    public int MoreArguments { get; init; }

    public Expression Bind(CallContext call)
    {
        foreach (int constant in Constants)
        {
            if (constant < call.Arguments.Length && !call.Arguments[constant].IsConstant) throw call.Error($"the argument {constant + 1} must be a constant.");
        }

        if (_binder is not null) return _binder(call);

        Overload? best = null;
        int bestDistance = int.MaxValue;
        foreach (Overload overload in _overloads)
        {
            if (overload.Distance(call.Arguments) is int distance && distance < bestDistance)
            {
                best = overload;
                bestDistance = distance;
            }
        }

        if (best is not null) return best.Bind(call.Arguments);
        if (!Array.Exists(_overloads, o => o.Parameters.Length == call.Arguments.Length))
        {
            int least = _overloads.Min(o => o.Parameters.Length);
            int most = _overloads.Max(o => o.Parameters.Length);
            if (call.Arguments.Length > 0 && call.Arguments.Length <= MoreArguments) throw call.NotSupported($"'{Name}()' with {call.Arguments.Length} arguments");
            call.ExpectCount(least, most);
        }

        string types = string.Join(", ", call.Arguments.Select(a => KustoTypes.Name(a.Type)));
        throw call.Error($"the function is not compatible with arguments ({types}).");
    }
}
