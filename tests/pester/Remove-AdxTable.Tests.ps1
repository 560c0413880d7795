# Dropping tables.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Form = 'String[], mandatory, position 0, from pipeline' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String, by name' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Remove-AdxTable' {
    It '<Parameter> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Remove-AdxTable $Parameter '*' | Should -BeExactly $Form
    }

    It 'asks before it drops, unless told otherwise' {
        (Get-Command Remove-AdxTable).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
        $null = New-AdxTable Asked 'a:long'
        Get-LocalRequest { Get-Failure { Remove-AdxTable Asked } } | Should -BeNullOrEmpty -Because 'nobody is there to answer'
        (Get-AdxTable Asked).Name | Should -BeExactly 'Asked'
        Remove-AdxTable Asked -Confirm:$false
    }
}

Describe 'Remove-AdxTable' {
    BeforeEach {
        foreach ($name in 'One', 'Two', 'it.s - x') { $null = New-AdxTable $name 'a:long' }
    }

    AfterEach {
        Get-AdxTable | Remove-AdxTable -Confirm:$false
    }

    It 'drops one table and writes nothing' {
        Remove-AdxTable One -Confirm:$false *>&1 | Should -BeNullOrEmpty
        (Get-AdxTable).Name | Should -BeExactly 'Two', 'it.s - x'
    }

    It 'drops several, as argument and from the pipeline' {
        Remove-AdxTable One, Two -Confirm:$false
        'it.s - x' | Remove-AdxTable -Confirm:$false
        Get-AdxTable | Should -BeNullOrEmpty
    }

    It 'drops what Get-AdxTable found' {
        Get-AdxTable 'T*' | Remove-AdxTable -Confirm:$false
        (Get-AdxTable).Name | Should -BeExactly 'One', 'it.s - x'
    }

    It 'takes a name as it is, wildcards and all' {
        foreach ($name in 'O*e', 'T*') {
            $failure = Get-Failure { Remove-AdxTable $name -Confirm:$false -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
            $failure.Exception.Message | Should -Match ([regex]::Escape($name))
        }
        (Get-AdxTable).Name | Should -BeExactly 'One', 'Two', 'it.s - x'
    }

    It 'says of a table that it is missing, and goes on with the next' {
        Remove-AdxTable Missing, One -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
        (Get-AdxTable).Name | Should -Not -Contain 'One'
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Remove-AdxTable Missing, One -Confirm:$false -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        (Get-AdxTable).Name | Should -Contain 'One' -Because 'the call had ended'
        Remove-AdxTable Missing -Confirm:$false -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        Remove-AdxTable Missing -Confirm:$false -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'sends nothing for a name that cannot be one' {
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Remove-AdxTable "line`nbreak" -Confirm:$false -ErrorAction Stop } }
        $requests | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidName,*'
    }

    It 'is refused to who may not, with the role that it takes' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { Remove-AdxTable One -Connection $stranger -Confirm:$false -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.Exception.Message | Should -BeLike "*needs the role Admin on table 'One'*"
    }

    It 'forgets the name for completion' {
        Remove-AdxTable Two -Confirm:$false
        (TabExpansion2 'Get-AdxTable Tw').CompletionMatches.CompletionText | Should -Not -Contain 'Two'
    }
}
