# Making mappings: from columns as people write them, from JSON, or from another mapping.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Set = 'Column'; Form = 'String, position 0' }
        @{ Parameter = 'Name'; Set = 'Column'; Form = 'String, mandatory, position 1' }
        @{ Parameter = 'Name'; Set = 'From'; Form = 'String, position 1' }
        @{ Parameter = 'Kind'; Set = 'Column'; Form = 'AdxMappingKind, mandatory, position 2' }
        @{ Parameter = 'Kind'; Set = 'From'; Form = 'not in this set' }
        @{ Parameter = 'Column'; Set = 'Column'; Form = 'AdxColumnMapping[], mandatory, position 3' }
        @{ Parameter = 'From'; Set = 'From'; Form = 'AdxMapping, mandatory, from pipeline' }
        @{ Parameter = 'Force'; Set = 'Column'; Form = 'SwitchParameter' }
        @{ Parameter = 'Connection'; Set = 'Column'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Set = 'Column'; Form = 'String' }
    )
    $forms = @(
        @{ Kind = 'Json'; Column = [ordered]@{ Id = '$.id'; Time = @{ Path = '$.ts'; Transform = 'datetimefromunixseconds' }; Text = @{ ConstValue = 'x' } }; Expected = "Id=$.id Time=$.ts (DateTimeFromUnixSeconds) Text='x'" }
        @{ Kind = 'Json'; Column = 'Id', 'Text'; Expected = 'Id=$.Id Text=$.Text' }
        @{ Kind = 'Json'; Column = @([pscustomobject]@{ Column = 'Id'; Path = '$.id' }, @{ Column = 'Text'; Path = '$' }); Expected = 'Id=$.id Text=$' }
        @{ Kind = 'Json'; Column = '[{"Column":"Id","Properties":{"Path":"$.id"}}]'; Expected = 'Id=$.id' }
        @{ Kind = 'Json'; Column = '[{"column":"Id","path":"$.id","datatype":"","transform":null}]'; Expected = 'Id=$.id' }
        @{ Kind = 'Csv'; Column = [ordered]@{ Id = 0; Text = 3 }; Expected = 'Id=0 Text=3' }
        @{ Kind = 'Csv'; Column = 'Id', 'Text'; Expected = 'Id=0 Text=1' }
        @{ Kind = 'Csv'; Column = [ordered]@{ Id = @{ Ordinal = '2' }; Text = @{ Transform = 'SourceLocation' } }; Expected = 'Id=2 Text=SourceLocation' }
        @{ Kind = 'Csv'; Column = @{ Id = @{ ConstValue = 5 } }; Expected = "Id='5'" }
        @{ Kind = 'Avro'; Column = @{ Id = 'id' }; Expected = 'Id=id' }
        @{ Kind = 'Parquet'; Column = [ordered]@{ Id = 'id'; Text = '$.a.b' }; Expected = 'Id=id Text=$.a.b' }
        @{ Kind = 'Orc'; Column = @{ Id = @{ Field = 'id' } }; Expected = 'Id=id' }
        @{ Kind = 'W3CLogFile'; Column = @{ Text = 'cs(User-Agent)' }; Expected = 'Text=cs(User-Agent)' }
    )
    $refused = @(
        @{ Case = 'a path without its root'; Call = { New-AdxMapping Events Bad Json @{ Id = 'id' } }; Id = 'AdxInvalidMapping'; Part = '*$.id*' }
        @{ Case = 'a path in csv'; Call = { New-AdxMapping Events Bad Csv @{ Id = '$.id' } }; Id = 'AdxInvalidMapping'; Part = '*ordinal*' }
        @{ Case = 'an ordinal in json'; Call = { New-AdxMapping Events Bad Json @{ Id = 0 } }; Id = 'AdxInvalidMapping'; Part = '*ordinal*' }
        @{ Case = 'a transformation of another kind'; Call = { New-AdxMapping Events Bad Json @{ Id = @{ Path = '$.id'; Transform = 'BytesAsBase64' } } }; Id = 'AdxInvalidMapping'; Part = '*BytesAsBase64*' }
        @{ Case = 'a column twice'; Call = { New-AdxMapping Events Bad Csv 'Id', 'Id' }; Id = 'AdxInvalidMapping'; Part = '*twice*' }
        @{ Case = 'a kind that cannot be given'; Call = { New-AdxMapping Events Bad Other 'Id' }; Id = 'AdxInvalidMapping'; Part = '*Other*' }
        @{ Case = 'a name that is none'; Call = { New-AdxMapping Events "a`nb" Csv 'Id' }; Id = 'AdxInvalidName'; Part = '*control*' }
        @{ Case = 'an unknown transformation'; Call = { New-AdxMapping Events Bad Json @{ Id = @{ Path = '$.id'; Transform = 'Upper' } } }; Id = 'ParameterArgumentTransformationError'; Part = "*'Upper'*DateTimeFromUnixSeconds*" }
        @{ Case = 'an unknown type'; Call = { New-AdxMapping Events Bad Json @{ Id = @{ Path = '$.id'; Type = 'varchar' } } }; Id = 'ParameterArgumentTransformationError'; Part = "*'varchar'*dynamic*" }
        @{ Case = 'an unknown property'; Call = { New-AdxMapping Events Bad Json @{ Id = @{ Pfad = '$.id' } } }; Id = 'ParameterArgumentTransformationError'; Part = "*'Pfad'*" }
        @{ Case = 'an ordinal that is no number'; Call = { New-AdxMapping Events Bad Csv @{ Id = @{ Ordinal = 'first' } } }; Id = 'ParameterArgumentTransformationError'; Part = "*'first'*" }
        @{ Case = 'JSON that is no list of columns'; Call = { New-AdxMapping Events Bad Json ' {"Column":"Id"}' }; Id = 'ParameterArgumentTransformationError'; Part = '*JSON*' }
        @{ Case = 'text that is no JSON'; Call = { New-AdxMapping Events Bad Json '[{"Column":' }; Id = 'ParameterArgumentTransformationError'; Part = '*JSON*' }
        @{ Case = 'something else'; Call = { New-AdxMapping Events Bad Json 5 }; Id = 'ParameterArgumentTransformationError'; Part = "*'5'*" }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Events 'Id:long', 'Time:datetime', 'Text:string'
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 New-AdxMapping $parameters

Describe 'The columns of New-AdxMapping' {
    It 'of kind <Kind> become <Expected>' -ForEach $forms {
        $mapping = New-AdxMapping Events Forms $Kind $Column -Force
        $mapping.Columns -join ' ' | Should -BeExactly $Expected
        $mapping.Kind | Should -Be $Kind
        (Get-AdxMapping Events Forms -Kind $Kind).Columns -join ' ' | Should -BeExactly $Expected
    }

    It 'are taken from a table, with their types' {
        $mapping = New-AdxMapping Events OfTable Json (Get-AdxTable Events).Columns
        $mapping.Columns -join ' ' | Should -BeExactly 'Id=$.Id Time=$.Time Text=$.Text'
        $mapping.Columns.Type | Should -Be 'Long', 'DateTime', 'String'
    }

    It 'write a time as a constant in UTC' {
        $mapping = New-AdxMapping Events Constant Json @{ Time = @{ ConstValue = [datetime]::new(2026, 1, 2, 3, 4, 5, [System.DateTimeKind]::Utc) } }
        $mapping.Columns[0].ConstValue | Should -BeExactly '2026-01-02T03:04:05.0000000Z'
    }
}

Describe 'New-AdxMapping' {
    It 'emits the mapping as it stands, and nothing else' {
        $mapping = New-AdxMapping Events Made Json @{ Id = '$.id' } 2>&1 3>&1 6>&1
        $mapping | Should -BeOfType 'AdxFlow.AdxMapping'
        $mapping.Name | Should -BeExactly 'Made'
        $mapping.Database | Should -BeExactly 'NetDefaultDB'
        $mapping.Table | Should -BeExactly 'Events'
        $mapping.LastUpdatedOn.Kind | Should -Be 'Utc'
        $mapping.Definition | ConvertFrom-Json | Should -HaveCount 1
        "$mapping" | Should -BeExactly 'Made'
    }

    It 'makes one on the database where no table is given' {
        $mapping = New-AdxMapping -Name Wide -Kind Json -Column @{ Anything = '$.id' } 3>&1
        $mapping | Should -BeOfType 'AdxFlow.AdxMapping'
        $mapping.Table | Should -BeNullOrEmpty
        (Get-AdxMapping -Name Wide).Database | Should -BeExactly 'NetDefaultDB'
    }

    It 'takes any name, of the mapping, its column and its path' {
        $odd = "it's [`"x`"] \ // ; <| `u{65E5}`u{1F642}"
        $null = New-AdxTable $odd ([ordered]@{ $odd = 'string' })
        $mapping = New-AdxMapping $odd $odd Json @($odd)
        $mapping.Name | Should -BeExactly $odd
        $mapping.Table | Should -BeExactly $odd
        $mapping.Columns[0].Column | Should -BeExactly $odd
        (Get-AdxMapping $odd $odd).Columns[0].Path | Should -BeExactly ("$['" + $odd.Replace('\', '\\').Replace("'", "\'") + "']")
    }

    It 'refuses one that is there, and leaves it as it is' {
        $null = New-AdxMapping Events Taken Json @{ Id = '$.a' }
        $failure = Get-Failure { New-AdxMapping Events Taken Json @{ Id = '$.b' } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxMappingExists,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.TargetObject | Should -BeExactly 'Taken'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Force*'
        (Get-AdxMapping Events Taken).Columns[0].Path | Should -BeExactly '$.a'
    }

    It 'replaces it with -Force' {
        $null = New-AdxMapping Events Replaced Json @{ Id = '$.a' }
        $null = New-AdxMapping Events Replaced Json @{ Id = '$.b' } -Force
        (Get-AdxMapping Events Replaced).Columns[0].Path | Should -BeExactly '$.b'
    }

    It 'keeps mappings of several kinds under one name' {
        $null = New-AdxMapping Events Both Json @{ Id = '$.a' }
        $null = New-AdxMapping Events Both Csv 'Id'
        (Get-AdxMapping Events Both).Kind | Should -Be 'Csv', 'Json'
    }

    It 'refuses <Case>, and sends nothing' -ForEach $refused {
        Get-LocalRequest { $script:failure = Get-Failure $Call } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.Exception.Message | Should -BeLike $Part
    }

    It 'warns of columns that the table lacks, and says of typed ones that they will come' {
        $verbose = New-AdxMapping Events Lacking Json ([ordered]@{ Id = '$.id'; Nope = '$.n'; Later = @{ Path = '$.l'; Type = 'long' } }) -Verbose -WarningVariable warnings -WarningAction SilentlyContinue 4>&1
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Nope.*'
        $warnings[0].Message | Should -Not -BeLike '*Later*'
        $verbose | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '*Later*' } | Should -HaveCount 1
    }

    It 'refuses a table that is not there' {
        $failure = Get-Failure { New-AdxMapping NoSuchTable M Csv 'Id' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'is for who may ingest, and warns of nothing that one may not see' {
        $null = Grant-AdxIngestor 'aaduser=ingestor@contoso.com' -DatabaseRole Ingestor
        $ingestor = Connect-Adx -Local -Principal 'aaduser=ingestor@contoso.com'
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        New-AdxMapping Events OfIngestor Csv 'Id' -Connection $ingestor 2>&1 3>&1 | Should -BeOfType 'AdxFlow.AdxMapping'
        $failure = Get-Failure { New-AdxMapping Events OfStranger Csv 'Id' -Connection $stranger }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'makes a mapping that Send-AdxData can use' {
        $null = New-AdxTable Sent 'Id:long', 'Time:datetime'
        $null = New-AdxMapping Sent FromJson Json ([ordered]@{ Id = '$.device.id'; Time = @{ Path = '$.ts'; Transform = 'DateTimeFromUnixSeconds' } })
        Set-Content "$TestDrive/rows.json" '{"device":{"id":7},"ts":1767322800}'
        (Send-AdxData Sent -Path "$TestDrive/rows.json" -MappingName FromJson -Wait).Status | Should -Be 'Succeeded'
        $row = Invoke-AdxQuery 'Sent'
        $row.Id | Should -Be 7
        $row.Time | Should -Be ([datetime]::new(2026, 1, 2, 3, 0, 0, [System.DateTimeKind]::Utc))
    }
}

Describe 'New-AdxMapping -From' {
    It 'copies mappings from one table to another, under their names or a new one' {
        $null = New-AdxTable A 'Id:long'
        $null = New-AdxTable B 'Id:long'
        $null = New-AdxMapping A One Csv 'Id'
        $null = New-AdxMapping A Two Json @{ Id = '$.id' }
        (Get-AdxMapping A | New-AdxMapping B).Name | Should -BeExactly 'One', 'Two'
        (Get-AdxMapping A One | New-AdxMapping B Three).Columns -join ' ' | Should -BeExactly 'Id=0'
        (New-AdxMapping -Table B -Name Four -From (Get-AdxMapping A Two)).Kind | Should -Be 'Json'
    }

    It 'tells of each one that is there already, and goes on' {
        $null = New-AdxTable C 'Id:long'
        $null = New-AdxTable D 'Id:long'
        $null = New-AdxMapping C One Csv 'Id'
        $null = New-AdxMapping C Two Csv 'Id'
        $null = New-AdxMapping D One Csv 'Id'
        $copied = Get-AdxMapping C | New-AdxMapping D -ErrorVariable failures -ErrorAction SilentlyContinue
        $copied.Name | Should -BeExactly 'Two'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxMappingExists,*'
        $failures[0].TargetObject.Name | Should -BeExactly 'One'
    }
}
