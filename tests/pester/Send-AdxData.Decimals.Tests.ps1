# Decimals of 34 digits, of which .NET's own has 28: in by text and by SQL Server's type, and out again, to the last digit.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $exact = '-1234567890.123456789012345678901234'
    $sql = [System.Data.SqlTypes.SqlDecimal]
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A decimal of 34 digits' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
    }

    It 'comes back from objects, by <_>' -ForEach 'Queued', 'Streaming', 'Direct' {
        $null = New-AdxTable $table 'Id:long', 'Amount:decimal'
        if ($_ -eq 'Streaming') { Set-AdxTablePolicy $table -Streaming $true }
        $null = [pscustomobject]@{ Id = 1; Amount = $exact } | Send-AdxData $table -Mode $_ -Wait
        (Invoke-AdxQuery $table).Amount | Should -BeExactly $exact
    }

    It 'comes back from a file' {
        $null = New-AdxTable $table 'Id:long', 'Amount:decimal'
        $file = Join-Path $TestDrive 'amounts.csv'
        "1,$exact`n2,1.50" | Set-Content $file
        $null = Send-AdxData $table -Path $file -Wait
        $rows = Invoke-AdxQuery "$table | sort by Id asc"
        $rows[0].Amount | Should -BeExactly $exact
        $rows[1].Amount | Should -BeOfType 'decimal'
        (Invoke-AdxQuery "$table | summarize Sum = sum(Amount)").Sum | Should -BeExactly '-1234567888.623456789012345678901234'
    }

    It 'comes back from a data reader with columns of SqlDecimal, whose nulls are nulls' {
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('Id', [long]), $data.Columns.Add('Amount', $sql), $data.Columns.Add('Flag', [System.Data.SqlTypes.SqlBoolean])
        $null = $data.Rows.Add(1L, $sql::Parse($exact), [System.Data.SqlTypes.SqlBoolean]::True)
        $null = $data.Rows.Add(2L, $sql::Null, [System.Data.SqlTypes.SqlBoolean]::Null)
        $null = $data.Rows.Add(3L, $sql::Parse('1.50'), [System.DBNull]::Value)
        $null = Send-AdxData $table -DataReader $data.CreateDataReader() -CreateTable -Wait
        (Get-AdxTable $table).Columns.Type | Should -Be 'Long', 'Decimal', 'Bool'
        $rows = Invoke-AdxQuery "$table | sort by Id asc"
        $rows[0].Amount | Should -BeExactly $exact
        $rows[0].Flag | Should -BeTrue
        $null -eq $rows[1].Amount | Should -BeTrue
        $rows[2].Amount | Should -Be 1.50d
        $null -eq $rows[2].Flag | Should -BeTrue
    }

    It 'comes back from a reader whose GetValue has room for 28 digits only, as that of SQL Server' {
        Add-Type -ReferencedAssemblies System.Data.Common, System.Collections, System.Collections.NonGeneric -TypeDefinition @'
            using System;
            using System.Data.Common;
            using System.Data.SqlTypes;
            public sealed class NarrowReader : DbDataReader {
                private readonly SqlDecimal[] _values;
                private int _row = -1;
                public NarrowReader(params SqlDecimal[] values) { _values = values; }
                public override int FieldCount => 1;
                public override string GetName(int ordinal) => "Amount";
                public override int GetOrdinal(string name) => 0;
                public override bool Read() => ++_row < _values.Length;
                public override object GetValue(int ordinal) => _values[_row].Value;
                public override object GetProviderSpecificValue(int ordinal) => _values[_row];
                public override Type GetFieldType(int ordinal) => typeof(decimal);
                public override bool IsDBNull(int ordinal) => false;
                public override object this[int ordinal] => GetValue(ordinal);
                public override object this[string name] => GetValue(0);
                public override int Depth => 0;
                public override bool HasRows => true;
                public override bool IsClosed => false;
                public override int RecordsAffected => -1;
                public override bool NextResult() => false;
                public override System.Collections.IEnumerator GetEnumerator() => new DbEnumerator(this);
                public override int GetValues(object[] values) { values[0] = GetValue(0); return 1; }
                public override string GetDataTypeName(int ordinal) => "decimal";
                public override bool GetBoolean(int ordinal) => throw new InvalidCastException();
                public override byte GetByte(int ordinal) => throw new InvalidCastException();
                public override long GetBytes(int ordinal, long from, byte[] buffer, int at, int length) => throw new InvalidCastException();
                public override char GetChar(int ordinal) => throw new InvalidCastException();
                public override long GetChars(int ordinal, long from, char[] buffer, int at, int length) => throw new InvalidCastException();
                public override DateTime GetDateTime(int ordinal) => throw new InvalidCastException();
                public override decimal GetDecimal(int ordinal) => _values[_row].Value;
                public override double GetDouble(int ordinal) => throw new InvalidCastException();
                public override float GetFloat(int ordinal) => throw new InvalidCastException();
                public override Guid GetGuid(int ordinal) => throw new InvalidCastException();
                public override short GetInt16(int ordinal) => throw new InvalidCastException();
                public override int GetInt32(int ordinal) => throw new InvalidCastException();
                public override long GetInt64(int ordinal) => throw new InvalidCastException();
                public override string GetString(int ordinal) => throw new InvalidCastException();
            }
'@
        $null = New-AdxTable $table 'Amount:decimal'
        (Send-AdxData $table -DataReader ([NarrowReader]::new($sql::Parse('1.5'), $sql::Parse($exact), $sql::Parse('2.5'))) -Wait).Rows | Should -Be 3
        (Invoke-AdxQuery "$table | sort by Amount asc").Amount | Should -Be $exact, 1.5d, 2.5d
    }

    It 'goes from a query into another table' {
        $null = Invoke-AdxQuery "print Id = 1, Amount = decimal($exact)" | Send-AdxData $table -CreateTable -Wait
        (Get-AdxTable $table).Columns.Type | Should -Be 'Long', 'Decimal'
        (Invoke-AdxQuery $table).Amount | Should -BeExactly $exact
    }

    It 'goes in as a parameter, and comes out in every form' {
        $query = 'declare query_parameters(m:decimal); print m = m'
        (Invoke-AdxQuery $query -Parameter @{ m = $exact }).m | Should -BeExactly $exact
        Invoke-AdxQuery $query -Parameter @{ m = $exact } -As Json | Should -BeExactly "{""m"":""$exact""}"
        (Invoke-AdxQuery $query -Parameter @{ m = $exact } -As DataTable).Rows[0].m | Should -BeExactly $exact
    }
}
