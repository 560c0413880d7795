using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>
/// The class of the rows that have the same columns. To make a custom object and to give it its properties one by
/// one costs more than to read the row. A class stays for as long as the process, so there is a limit to how many are made.
/// </summary>
internal sealed class RowShape
{
    private const int Limit = 256;

    /// <summary>Far beyond any column's name, and within what every reader of metadata takes.</summary>
    private const int LongestName = 1000;

    /// <summary>Marks the accessors, which PowerShell counts among the methods.</summary>
    private const string Getter = "<get>";

    private const string Setter = "<set>";

    private const BindingFlags OfBase = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly object Making = new();
    private static readonly ConcurrentDictionary<string, RowShape> ByColumns = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<Type, RowShape> ByClass = new();
    private static readonly Lazy<ModuleBuilder> Module = new(static () =>
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("AdxFlow.Rows"), AssemblyBuilderAccess.Run).DefineDynamicModule("AdxFlow.Rows"));

    /// <summary>PowerShell lists no property that is called like a method.</summary>
    private static readonly HashSet<string> Methods = new([.. typeof(AdxRow).GetMethods().Select(static method => method.Name), nameof(ICloneable.Clone)], StringComparer.OrdinalIgnoreCase);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly ConstructorInfo BaseConstructor = typeof(AdxRow).GetConstructor(OfBase, [typeof(object[])])!;
    private static readonly MethodInfo BaseGet = typeof(AdxRow).GetMethod("Get", OfBase)!;
    private static readonly MethodInfo BaseSet = typeof(AdxRow).GetMethod("Set", OfBase)!;

    private RowShape(IReadOnlyList<AdxColumn> columns, Func<object?[], AdxRow> create)
    {
        Columns = columns;
        Create = create;
    }

    /// <summary>The properties, and the types of the columns behind them.</summary>
    public IReadOnlyList<AdxColumn> Columns { get; }

    /// <summary>Makes a row of its values.</summary>
    public Func<object?[], AdxRow> Create { get; }

    /// <summary>The shape of a class that was made here.</summary>
    public static RowShape Of(Type rowClass) => ByClass[rowClass];

    /// <summary>The shape with these columns; null where there can be no class: beyond the limit, or for a name that a property cannot have.</summary>
    public static RowShape? For(IReadOnlyList<AdxResultColumn> columns, string[] names)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || !Array.TrueForAll(names, IsFit))
            return null;
        var signature = new StringBuilder();
        for (int i = 0; i < names.Length; i++)
            signature.Append(names[i]).Append('\0').Append((char)columns[i].Type);
        string key = signature.ToString();
        if (ByColumns.TryGetValue(key, out RowShape? known))
            return known;

        lock (Making)
        {
            if (ByColumns.TryGetValue(key, out known))
                return known;
            if (ByColumns.Count >= Limit)
                return null;
            Type made = Make(names);
            var create = made.GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Func<object?[], AdxRow>>();
            var shape = new RowShape([.. names.Select((name, i) => new AdxColumn(name, columns[i].Type))], create);
            ByClass[made] = shape;
            return ByColumns[key] = shape;
        }
    }

    /// <summary>Metadata ends a name at a zero, and has no half surrogate pairs.</summary>
    private static bool IsFit(string name)
    {
        if (name.Length > LongestName || name.Contains('\0', StringComparison.Ordinal) || Methods.Contains(name)
            || name.StartsWith(Getter, StringComparison.OrdinalIgnoreCase) || name.StartsWith(Setter, StringComparison.OrdinalIgnoreCase))
            return false;
        try
        {
            return Strict.GetByteCount(name) > 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static Type Make(string[] names)
    {
        TypeBuilder type = Module.Value.DefineType($"AdxFlow.AdxRow#{ByColumns.Count + 1}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(AdxRow));
        ConstructorBuilder constructor = type.DefineConstructor(MethodAttributes.Private, CallingConventions.Standard, [typeof(object[])]);
        ILGenerator code = constructor.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, BaseConstructor);
        code.Emit(OpCodes.Ret);

        code = type.DefineMethod("Create", MethodAttributes.Private | MethodAttributes.Static, typeof(AdxRow), [typeof(object[])]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Newobj, constructor);
        code.Emit(OpCodes.Ret);

        for (int i = 0; i < names.Length; i++)
            AddProperty(type, names[i], i);
        return type.CreateType();
    }

    private static void AddProperty(TypeBuilder type, string name, int column)
    {
        // Not named after the column: a column may be called get_a.
        const MethodAttributes Accessor = MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName;
        MethodBuilder getter = type.DefineMethod($"{Getter}{column}", Accessor, typeof(object), Type.EmptyTypes);
        ILGenerator code = getter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, column);
        code.Emit(OpCodes.Call, BaseGet);
        code.Emit(OpCodes.Ret);

        MethodBuilder setter = type.DefineMethod($"{Setter}{column}", Accessor, null, [typeof(object)]);
        code = setter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, column);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, BaseSet);
        code.Emit(OpCodes.Ret);

        PropertyBuilder property = type.DefineProperty(name, PropertyAttributes.None, typeof(object), null);
        property.SetGetMethod(getter);
        property.SetSetMethod(setter);
    }
}
